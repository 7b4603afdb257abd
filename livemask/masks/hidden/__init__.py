"""Hiding a head altogether: where it is, with all that may show of it."""
