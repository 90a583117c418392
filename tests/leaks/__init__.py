"""What nobody may learn without being told: twin worlds, and words that must not turn up."""
