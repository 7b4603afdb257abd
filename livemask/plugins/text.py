"""`NAME[,key=value...]`, as the command line names a plug-in."""

import re
from collections.abc import Mapping
from typing import Any

from livemask.errors import UsageError

_PIECE = re.compile(r'(?:^|,)([^,=]*=\s*"(?:[^"]|"")*"\s*(?=,|\Z)|[^,]*)')
"""What lies between two commas; one within quotes parts nothing. `""` there is one quote."""

_CHARACTERS, _PICTURES = (".glb", ".gltf", ".vrm"), (".png", ".jpg", ".jpeg", ".webp")
ENDINGS = {"masks": dict.fromkeys(_CHARACTERS, "gltf") | dict.fromkeys(_PICTURES, "paint")}
"""Rooms whose plug-ins may be named by a file alone: the plug-in that takes it, by its ending."""


def parse(text: str, room: str = "") -> tuple[str, dict[str, str]]:
    """Split `NAME[,key=value...]` into the name and its options.

    In a room of `ENDINGS` a file may stand for the name: `FILE` is `NAME,file=FILE`. A value
    that holds a comma stands in quotes: `NAME,file="a, b.png"`; a quote within them is doubled.
    """
    file, name, text = _file(text, ENDINGS.get(room, {}))
    first, *pairs = pieces(text)
    name, options = name or first, {"file": file} if file else {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise UsageError(
                f"{pair!r} in {text!r} is not an option; write NAME,key=value, "
                'and quotes about a value that holds a comma: key="a, b".'
            )
        options[key.strip().replace("-", "_")] = _bare(value.strip())
    return name.replace("_", "-"), options


def pieces(text: str) -> list[str]:
    """Split `NAME[,key=value...]` at its commas, but for those within quotes, which stay."""
    return [piece.strip() for piece in _PIECE.findall(text)]


def written(name: str, options: Mapping[str, Any]) -> str:
    """Return `NAME[,key=value...]`, from which `parse` reads the same."""
    return ",".join([name, *(f"{key}={_quoted(str(value))}" for key, value in options.items())])


def _bare(value: str) -> str:
    if len(value) < 2 or not value[0] == value[-1] == '"':
        return value
    return value[1:-1].replace('""', '"')


def _quoted(value: str) -> str:
    if "," not in value and not value.startswith('"') and value == value.strip():
        return value
    return '"{}"'.format(value.replace('"', '""'))


def _file(text: str, endings: dict[str, str]) -> tuple[str, str, str]:
    """Return the file that `text` starts with, the plug-in that takes it, and `text` without it.

    A comma may be in its name, unless what stands before it could be a plug-in with options.
    """
    known = "|".join(map(re.escape, endings))
    found = re.match(rf"\s*(.+?({known}))\s*(,.*)?$", text, re.IGNORECASE) if known else None
    if found is None or "=" in found[1].partition(",")[2]:
        return "", "", text
    return found[1], endings[found[2].lower()], found[3] or ""


def filled(room: str, text: str, usual: Mapping[str, Mapping[str, Any]]) -> str:
    """Return `NAME[,key=value...]` with the usual options of that plug-in that it does not tell.

    `usual` holds them by room and name: `masks.watermelon`.
    """
    name, told = parse(text, room)
    options = usual.get(f"{room}.{name}", {})
    return written(text, {k: v for k, v in options.items() if k not in told})
