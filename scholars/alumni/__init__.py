"""What became of the scholars."""
