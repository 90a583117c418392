"""Whether a scholar needs a visa, and how far it is: between the scholar and programme staff."""
