"""What changes behind the closed door. No journal and no letter with content: both live in the main database."""
