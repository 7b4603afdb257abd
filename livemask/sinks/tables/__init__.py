"""What the sinks that write tables have in common."""
