"""Nobody who wears a mask that hides is seen without it."""
