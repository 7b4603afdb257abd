"""The commands of the program `livemask`: one file per command or group of commands."""
