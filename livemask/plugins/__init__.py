"""Finds a plug-in by its name and reads `NAME[,key=value...]`.

A plug-in is a module with `create(**options)`; its keyword arguments are the options. livemask's
own is a file in its room, such as `masks/`, and has the name of the file; others are brought along
by installed packages, as entry points of the group `livemask.masks` and so on. A family file that
makes several lists their names in `NAMES` and takes `name` as its first argument. Hyphen and
underscore are the same in names. Plug-ins are imported when they are asked for, so that optional
packages stay optional.
"""

from livemask.plugins.making import check, create, load
from livemask.plugins.rooms import constant, describe, found, names, ready
from livemask.plugins.text import ENDINGS, filled, parse, pieces, written
from livemask.plugins.values import options_of, typed

__all__ = [
    "ENDINGS",
    "check",
    "constant",
    "create",
    "describe",
    "filled",
    "found",
    "load",
    "names",
    "options_of",
    "parse",
    "pieces",
    "ready",
    "typed",
    "written",
]
