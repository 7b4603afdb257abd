"""How quick livemask is on this machine, and which settings suit it."""
