"""What the public and staff see of outreach."""
