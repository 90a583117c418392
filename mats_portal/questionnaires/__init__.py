"""Versioned forms: an answer keeps the wording it was asked in."""
