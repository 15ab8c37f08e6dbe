"""GraphiQL: its sources, its built assets and the example queries that open as tabs."""
