"""Reads characters from glTF 2.0 and VRM files. Trusts nothing that a file says of itself."""
