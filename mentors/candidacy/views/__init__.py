"""The pages of candidacies."""
