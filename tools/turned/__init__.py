"""Builds what finds turned faces and their points, from rendered heads."""
