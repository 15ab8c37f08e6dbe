"""The twelve gap rules: one module each, with its provision, its SQL and its Cypher side by side."""
