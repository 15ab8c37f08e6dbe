"""Reading regulations: from a decoded page to acts, provisions, and what the rules say."""
