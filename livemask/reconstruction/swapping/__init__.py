"""The face of one photo put into another."""
