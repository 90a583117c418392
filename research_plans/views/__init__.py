"""Write a plan; read it."""
