"""Who did what, when. Append-only: the database refuses to change or remove an entry."""
