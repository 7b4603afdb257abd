"""From the command to the first mask: what is loaded and compiled, and what is shown meanwhile."""
