"""The graph: the Store port with its two backends, Neo4j and SQLite, and what is published from it (RDF)."""
