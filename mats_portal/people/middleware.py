"""Nobody with power over others goes on without a second factor."""
