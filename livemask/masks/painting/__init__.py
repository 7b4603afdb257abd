"""What painted masks are made of."""
