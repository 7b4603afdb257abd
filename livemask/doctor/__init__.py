"""What this machine has of what livemask needs, and the next step for what it lacks."""
