"""The embedded store: SQLite from the standard library, write-ahead log, one writer, many readers."""
