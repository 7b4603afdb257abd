"""The painters of the shipped painted masks."""
