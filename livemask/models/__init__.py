"""Loaders, one per published model, each to the same MorphableModel."""
