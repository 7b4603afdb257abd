"""Options: what can be set of a mask, read off its `create`: types, defaults, choices, limits.

The signature tells types and defaults. Choices and limits stand in the docstring, where people
read them as well: a `str` whose text names values in backticks takes one of them, a number whose
text says "0 to 3" lies between.
"""

import inspect
import re
from dataclasses import dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from livemask import plugins

Kind = Literal["switch", "choice", "number", "count", "file", "colour", "text"]

USUAL = {
    "gloss": (0.0, 1.0),
    "opacity": (0.0, 1.0),
    "size": (0.5, 2.0),
    "margin": (1.0, 2.0),
    "strength": (1.0, 3.0),
    "turn": (-180.0, 180.0),
    "person": (0, 7),
}
"""Limits of options that mean the same in all masks, where their text names none."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be set.

    Attributes
    ----------
    name : str
    kind : Kind
    default : str
        As it is written behind `name=`; empty if there is none.
    text : str
        What it does.
    choices : tuple of str
        Of a `choice`.
    limits : (float, float)
        Of a `number` or a `count`.
    needed : bool
        Whether the mask cannot be had without it.
    """

    name: str
    kind: Kind
    default: str
    text: str
    choices: tuple[str, ...] = ()
    limits: tuple[float, float] = (0.0, 1.0)
    needed: bool = False


def options_of(mask: str) -> tuple[Option, ...]:
    """Return what can be set of a mask, in the order of its signature.

    Raises
    ------
    LivemaskError
        If there is no such mask.
    """
    name, _ = plugins.parse(mask, "masks")
    create = plugins.load("masks", name).create
    hints, texts = get_type_hints(create), _texts(inspect.getdoc(create) or "")
    return tuple(
        _option(parameter, hints.get(key, str), texts.get(key, ""))
        for key, parameter in plugins.options_of(create).items()
    )


def _option(parameter: inspect.Parameter, hint: Any, text: str) -> Option:
    needed = parameter.default is parameter.empty
    default = "" if needed or parameter.default is None else _shown(parameter.default)
    choices, kind = _choices(hint, text), _kind(hint, default)
    if kind == "text" and parameter.name == "colour" and not choices:
        kind = "colour"
    if kind == "text" and choices:
        kind = "choice"
        choices = choices if default in choices else (default, *choices)
    limits = _limits(parameter.name, text, default) if kind in ("number", "count") else (0.0, 1.0)
    return Option(
        parameter.name, kind, default, text, choices if kind == "choice" else (), limits, needed
    )


def _kind(hint: Any, default: str) -> Kind:
    kinds = [k for k in get_args(hint) if k is not NoneType] if isinstance(hint, UnionType) else []
    kind = kinds[0] if kinds else hint
    known: dict[Any, Kind] = {bool: "switch", int: "count", float: "number", Path: "file"}
    if re.fullmatch(r"#[0-9a-fA-F]{6}", default):
        return "colour"
    return known.get(kind, "text")


def _choices(hint: Any, text: str) -> tuple[str, ...]:
    if get_origin(hint) is Literal:
        return tuple(map(str, get_args(hint)))
    return tuple(dict.fromkeys(re.findall(r"`([a-z][a-z0-9-]*)`", text)))


def _limits(name: str, text: str, default: str) -> tuple[float, float]:
    """Return between which values it makes sense."""
    told = re.search(r"(-?\d+(?:\.\d+)?) to (-?\d+(?:\.\d+)?)", text)
    if told:
        return float(told[1]), float(told[2])
    if name in USUAL:
        return USUAL[name]
    return 0.0, max(1.0, 2.0 * float(default or 0.5))


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _texts(doc: str) -> dict[str, str]:
    """Return what a numpydoc docstring says of each parameter."""
    _, _, section = doc.partition("Parameters\n----------\n")
    section = re.split(r"\n\w+\n-{3,}\n", section)[0]
    found: dict[str, str] = {}
    for names, text in re.findall(r"^(\w[\w, ]*) : .*\n((?:    .*\n?|\n)*)", section, re.MULTILINE):
        plain = " ".join(text.split())
        found |= dict.fromkeys(re.split(r",\s*", names), plain)
    return found
