"""GraphQL, thin over the catalogue and the Store port; the ASGI app; the pages."""
