"""Draws scenes: the only room, with the panel, that knows OpenGL."""
