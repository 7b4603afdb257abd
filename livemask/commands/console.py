"""What all commands write to: answers to standard output, all else to standard error."""

from rich.console import Console

ERRORS = Console(stderr=True, highlight=False)


def say(text: str) -> None:
    """Print one line of an answer, as it is and unbroken, so that it can be copied."""
    Console(highlight=False).print(text, markup=False, soft_wrap=True)
