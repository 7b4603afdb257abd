"""Where pictures and numbers go: one file per kind of output."""
