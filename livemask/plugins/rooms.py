"""What plug-ins a room has: livemask's own, and those of installed packages."""

import difflib
import sys
from pathlib import Path
from typing import Any

from livemask.errors import UsageError
from livemask.plugins import syntax
from livemask.plugins.installed import installed
from livemask.plugins.plugin import Plugin
from livemask.plugins.text import parse

_PACKAGE = Path(__file__).resolve().parents[1]


def found(room: str) -> dict[str, Plugin]:
    """Return the plug-ins of a room (`masks`, `sinks`...) by their names, sorted.

    Reads their files without importing them. Of two of one name livemask's own is meant.
    """
    own = _own(room)
    others = installed(room, frozenset(own), tuple(sys.path))
    return dict(sorted({**own, **others}.items()))


def _own(room: str) -> dict[str, Plugin]:
    known = {}
    for path in (_PACKAGE / room).glob("*.py"):
        tree = syntax.parsed(path)
        if syntax.creator(tree) is None:
            continue
        for text in syntax.family(tree) or (path.stem,):
            name = text.replace("_", "-")
            known[name] = Plugin(name, f"livemask.{room}.{path.stem}", path)
    return known


def names(room: str) -> dict[str, str]:
    """Return the plug-ins of a room: name -> module, sorted."""
    return {name: plugin.module for name, plugin in found(room).items()}


def describe(room: str) -> dict[str, tuple[str, str]]:
    """Return what each plug-in of a room is, in a line, and its options with their defaults."""
    return {name: _described(plugin) for name, plugin in found(room).items()}


def _described(plugin: Plugin) -> tuple[str, str]:
    return plugin.summary, ", ".join(syntax.options(plugin.create))


def ready(room: str, *, own: bool = False) -> tuple[str, ...]:
    """Return the names of the plug-ins of a room that need no option, sorted.

    One that needs any one of several, each with a default, says so by `NEEDS_ONE = True`.

    Parameters
    ----------
    room : str
        `masks`, `sinks`...
    own : bool
        Only livemask's own: what is to be loaded without anybody asking for it.
    """
    return tuple(
        name
        for name, plugin in found(room).items()
        if not (own and plugin.package)
        and "=..." not in _described(plugin)[1]
        and syntax.assigned(plugin.tree, "NEEDS_ONE") is None
    )


def constant(room: str, name: str, attribute: str) -> Any:
    """Return the value that all classes of a plug-in give to `attribute`, without importing it.

    None if they do not agree, if it is not a plain value, or if the plug-in is not livemask's
    own: what another's class is in the end is known only when it has been made.
    """
    plugin = sought(room, parse(name, room)[0])
    return None if plugin.package else syntax.agreed(plugin.tree, attribute)


def sought(room: str, name: str) -> Plugin:
    """Return the plug-in of a name.

    Raises
    ------
    UsageError
        If there is none.
    """
    known = found(room)
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, 1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    raise UsageError(
        f"there is no {room.removesuffix('s')} {name!r}.{hint} Known: {', '.join(known)}."
    )
