"""What makes a character of a file follow a face: its posture, its shape, its expressions."""
