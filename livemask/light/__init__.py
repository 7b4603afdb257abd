"""Light: what falls on a face, found on its skin; lamps of one's own; skin without the light."""
