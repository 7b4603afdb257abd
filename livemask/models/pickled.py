"""Knows a Python pickle by its first bytes, to refuse it.

A pickle is a program for a small machine that can call anything in Python (Python's own
documentation, `pickle`); none is ever run here.
"""

import re
from pathlib import Path

from livemask.errors import ModelError

_START = re.compile(
    rb"\x80[\x02-\x05]"  # protocols 2 to 5
    rb"|[\]})]q"  # protocol 1: an empty list, dict or tuple that is then filled
    rb"|\([dlt]p?\d*\n"  # protocol 0 is text: a list, a dict, a tuple, an object
    rb"|\(?i?c[A-Za-z_][\w.]*\n[A-Za-z_]\w*\n"
)


def is_pickle(file: Path) -> bool:
    """Tell whether a file holds a pickle, whatever its name is."""
    if not file.is_file():
        return False
    try:
        with file.open("rb") as stream:
            return _START.match(stream.read(200)) is not None
    except OSError:
        return False  # whoever reads it will say what is wrong


def refuse_pickle(file: Path) -> None:
    """Do nothing unless a file holds a pickle.

    Raises
    ------
    ModelError
        If it does.
    """
    if is_pickle(file):
        raise ModelError(
            f"{file} is a Python pickle; reading one can run any code that somebody put in it, "
            "so livemask reads none. Turn it into an .npz file in a throw-away environment; "
            "the section FLAME of BFM/README.md has the lines for that."
        )
