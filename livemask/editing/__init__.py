"""A photo of a person with another expression, pose or light."""
