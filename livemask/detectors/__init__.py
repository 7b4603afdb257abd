"""Find the 68 points of a face: one file per library."""
