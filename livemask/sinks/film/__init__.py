"""Films: how pictures are encoded, kept whole while they are written, and joined with sound."""
