"""Nobody who wears a mask that hides is seen without it: lost faces, late ones, and errors."""
