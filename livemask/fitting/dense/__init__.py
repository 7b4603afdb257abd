"""Fits the model to a whole picture of a face: shape, expression, albedo and light."""
