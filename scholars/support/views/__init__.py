"""The pages below /support/."""
