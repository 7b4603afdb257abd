"""Reads characters from glTF 2.0 and VRM files, trusting nothing that they say; writes heads."""
