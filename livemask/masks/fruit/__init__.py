"""Fruit worn for a head: bodies, rinds, stalks, and the live features that lie on them."""
