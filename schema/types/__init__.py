"""The types of the contract, one noun per module."""
