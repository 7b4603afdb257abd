"""Whether a bare face passes: films and performers, looked at frame by frame."""
