"""Quality: how good a film is to be, in words or as a number."""

from livemask.errors import UsageError

WORDS = {"low": 40.0, "medium": 53.0, "high": 67.0, "best": 87.0}

MOST = 100.0


def level(text: str) -> float:
    """Return what `text` asks for, a word or a number, as 0 to 100.

    Raises
    ------
    UsageError
    """
    try:
        found = WORDS[text] if text in WORDS else float(text)
    except ValueError:
        found = -1.0
    if not 0.0 <= found <= MOST:
        raise UsageError(
            f"--record-quality {text} is none; give {', '.join(WORDS)}, or 0 to {MOST:g}."
        )
    return found
