"""Files as other tools give them, made into plain data. Nothing here asks or changes the database."""
