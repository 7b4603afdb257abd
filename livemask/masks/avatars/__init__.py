"""The characters of the mask `avatar`, one file each, and what they are built with."""
