"""What alumni are asked, and what staff record."""
