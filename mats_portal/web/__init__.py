"""How the portal speaks HTTP. It holds no models and knows no programme."""
