"""One's own account, invitations, the demo's door, and the administrators' list of people."""
