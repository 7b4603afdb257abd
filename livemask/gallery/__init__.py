"""Every mask on the built-in performer, in one picture with their names."""
