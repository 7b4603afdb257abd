"""Fits the model to 68 points: pose, expression, identity."""
