"""What became of those who finished, and how we know."""
