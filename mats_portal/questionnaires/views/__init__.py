"""Where staff and mentors build the questions: each change makes the next version."""
