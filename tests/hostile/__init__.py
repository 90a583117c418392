"""What an attacker and an unlucky person send: every form, every parameter, every header."""
