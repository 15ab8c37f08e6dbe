"""GraphiQL: what the page is built from, what was built, and the example queries."""
