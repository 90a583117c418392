"""Long work, done by the worker, with progress from real counts."""
