"""What livemask writes about its own work: to the terminal and to a file, never a picture."""
