"""What the sinks that send a face to other programs have in common."""
