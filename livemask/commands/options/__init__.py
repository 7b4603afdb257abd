"""Options of commands, in groups: what several commands share, and what belongs together."""
