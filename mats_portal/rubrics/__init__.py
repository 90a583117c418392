"""Versioned rubrics: criteria with anchors, and scores given against them."""
