"""GraphQL operations compiled to Python functions: what is asked often is parsed, validated and planned once."""
