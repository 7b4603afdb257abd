"""The head models that a user has: shipped, imported, or in a file."""
