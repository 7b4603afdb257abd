"""The settings of a session: how it was shown, so that it can be shown again."""

import importlib
from pathlib import Path
from typing import Any, get_args, get_type_hints

from livemask import plugins
from livemask.errors import SourceError, UsageError
from livemask.people import Choice, Others, WhenLost
from livemask.showing import BACKGROUNDS, Showing

REPLAYED = ("masks", "model", "max_faces", "choose", "others", "when_lost", *Showing.__slots__)
"""What a replay takes from the session unless it is told."""

MOST_MASKS = 32

NOTED = ("source", "fov", "smoothing", "fit", "detector", "fps", "size")
"""What is written down for people."""


def replayed(settings: dict[str, Any]) -> dict[str, Any]:
    """Return those of a session's `settings` that say how to show it, as options of `Config`.

    Files that they name are not opened: somebody else may have made the folder. They must be
    named again, and are left out here, see `check_named`.

    Raises
    ------
    SourceError
        If a setting is of no use.
    """
    known = {name: settings[name] for name in REPLAYED if name in settings}
    for name, value in known.items():
        if not _is_sound(name, value):
            raise SourceError(f"the session's setting {name}={value!r:.40} cannot be.")
    if "masks" in known:
        known["masks"] = tuple(known["masks"])
    return {name: value for name, value in known.items() if not names_file(name, value)}


def check_named(settings: dict[str, Any], given: dict[str, Any]) -> None:
    """Refuse to show a session otherwise than it was for want of a file that is not `given`.

    Raises
    ------
    UsageError
    """
    for name, option in _OPTIONS.items():
        value = settings.get(name)
        if value is not None and name not in given and names_file(name, value):
            text = value if isinstance(value, str) else " ".join(value)
            raise UsageError(
                f"the session was shown with {option} {text}, which names a file; a session's "
                f"files are not opened unasked: give {option} again."
            )


def names_file(name: str, value: Any) -> bool:
    """Return whether a setting has livemask open a file."""
    if name == "background":
        return value not in BACKGROUNDS and not value.startswith("#")
    if name == "model":
        return not all(sign.isalnum() or sign in "-_" for sign in value)
    return name == "masks" and any(_opens_file(mask) for mask in value)


def _opens_file(mask: str) -> bool:
    """Return whether a mask's text gives a value to an option that takes a file."""
    try:
        name, options = plugins.parse(mask, "masks")
        create = importlib.import_module(plugins.names("masks")[name]).create
    except (UsageError, KeyError):  # no mask: whoever makes it says so
        return False
    hints = get_type_hints(create)
    return any(Path in (hints.get(key), *get_args(hints.get(key))) for key in options)


_OPTIONS = {"masks": "--mask", "model": "--model", "background": "--background"}
_KINDS: dict[str, type | tuple[type, ...]] = {
    "max_faces": int,
    "opacity": (int, float),
}
_CHOICES = {"choose": get_args(Choice), "others": get_args(Others), "when_lost": get_args(WhenLost)}


def _is_sound(name: str, value: Any) -> bool:
    if name == "masks":
        listed = isinstance(value, list | tuple) and 0 < len(value) <= MOST_MASKS
        return listed and all(isinstance(mask, str) for mask in value)
    if not isinstance(value, _KINDS.get(name, str)):
        return False
    return name not in _CHOICES or value in _CHOICES[name]
