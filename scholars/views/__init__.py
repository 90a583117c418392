"""Pages about offers and scholars."""
