"""Lets `python -m livemask` be the program `livemask`."""

from livemask.cli import main

main()
