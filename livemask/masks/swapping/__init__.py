"""The face of a photo, for masks that wear it."""
