"""The twelve gap rules: one module each, with the provision that makes it a gap, its SQL and its Cypher side by side."""
