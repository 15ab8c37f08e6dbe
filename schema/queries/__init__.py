"""The root fields, one noun per module."""
