"""What things worn on the head are made of."""
