"""The dense term: a head fitted to the picture itself, not to 68 points of it."""
