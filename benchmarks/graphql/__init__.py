"""The GraphQL service beside its peers, over HTTP, on the same data."""
