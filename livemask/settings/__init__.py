"""What the user has chosen for all runs: a file, its profiles, and the environment."""
