"""What is shared by all gap rules and both stores: the law that makes something one, and how gaps are written."""
