"""What the looks on the fitted face are made of."""
