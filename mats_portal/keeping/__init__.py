"""What is kept about people, for how long, and how it is erased. The frame; each app furnishes its own part."""
