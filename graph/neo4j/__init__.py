"""The Neo4j store: a real graph, read in one Cypher statement a question."""
