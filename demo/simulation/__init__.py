"""What happens after the applications are in, invented from a seed: plain data in, plain data out.

The same seed and the same applications make the same world, at every moment of it.
No module in here knows the database.
"""
