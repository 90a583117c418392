"""Mentors come first: people offer to mentor, experts rate the offers, and seats are given."""
