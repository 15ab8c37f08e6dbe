"""What is shared by all gap rules and both stores: the law that makes something a gap, and how gaps are written down."""
