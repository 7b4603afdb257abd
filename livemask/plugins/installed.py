"""Plug-ins of installed packages: entry points of the groups `livemask.masks`, `livemask.sinks`...

An entry point is a name and a module: `glow = "livemask_glow.mask"`. The module's file is found
and read without running anything of the package. What is wrong with one is said once, and it is
left out; everything else goes on.
"""

import logging
import re
import threading
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.machinery import ModuleSpec, PathFinder
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path

from livemask.plugins import syntax
from livemask.plugins.plugin import Plugin

LOG = logging.getLogger("livemask")

_RESERVED = {"sources": ("performer",)}
"""Names that are livemask's own without being files of their room."""

_LOOKING = threading.Lock()


def installed(room: str, own: frozenset[str], places: tuple[str, ...]) -> Mapping[str, Plugin]:
    """Return the plug-ins of a room that installed packages bring along, by their names.

    Parameters
    ----------
    room : str
        `masks`, `sinks`...
    own : frozenset of str
        Names that are taken: livemask's own plug-ins.
    places : tuple of str
        Where packages are looked for, `sys.path`: they are looked for once in each.
    """
    with _LOOKING:
        return _installed(room, own, places)


@lru_cache(maxsize=64)
def _installed(room: str, own: frozenset[str], _places: tuple[str, ...]) -> Mapping[str, Plugin]:
    taken = dict.fromkeys((*own, *_RESERVED.get(room, ())), "livemask itself")
    found: dict[str, Plugin] = {}
    for point in sorted(entry_points(group=f"livemask.{room}"), key=_order):
        try:
            for plugin in _read(point):
                if plugin.name in taken:
                    raise _FaultError(f"{taken[plugin.name]} has one of that name; rename it")
                taken[plugin.name] = plugin.package
                found[plugin.name] = plugin
        except _FaultError as fault:
            kind = room.removesuffix("s")
            LOG.warning(
                "the %s %r of the package %s is left out: %s, or uninstall the package.",
                *(kind, point.name, _package(point), fault),
            )
    return found


class _FaultError(Exception):
    """What is wrong with an entry point, and what its author should do."""


def _order(point: EntryPoint) -> tuple[str, str, str]:
    return _package(point).lower(), point.name, point.value


def _package(point: EntryPoint) -> str:
    """Return the name of the package that an entry point belongs to, and its version."""
    return f"{point.dist.name} {point.dist.version}" if point.dist is not None else "unknown"


def _read(point: EntryPoint) -> Iterator[Plugin]:
    if not re.fullmatch(r"[\w-]+", point.name):
        raise _FaultError("its name holds what no option takes; use letters, digits and hyphens")
    if not re.fullmatch(r"\w+(\.\w+)*(:create)?", point.value.strip()):
        raise _FaultError(f"{point.value!r} names no module; write NAME = 'package.module'")
    module = point.value.strip().removesuffix(":create")
    file = source_of(module)
    if file is None:
        raise _FaultError(f"there is no file of its module {module}; install it again")
    for name in _named(file) or (point.name,):
        yield Plugin(name.replace("_", "-"), module, file, _package(point))


def _named(file: Path) -> tuple[str, ...]:
    """Return the names of a family; none if the file makes but one."""
    try:
        tree = syntax.parsed(file)
        names = syntax.family(tree)
    except (OSError, ValueError, SyntaxError) as error:
        raise _FaultError(f"{file} cannot be read ({error}); mend it") from error
    if syntax.creator(tree) is None:
        raise _FaultError(f"{file} has no function create; write `def create(...)` in it")
    return names


def source_of(module: str) -> Path | None:
    """Return the Python file of a module, without importing it or the packages that it is in."""
    first, *rest = module.split(".")
    try:
        spec: ModuleSpec | None = find_spec(first)
        for part in rest:
            if spec is None or spec.submodule_search_locations is None:
                return None
            spec = PathFinder.find_spec(f"{spec.name}.{part}", spec.submodule_search_locations)
    except (ImportError, ValueError):  # a half-removed package; __main__
        return None
    origin = Path(spec.origin) if spec is not None and spec.has_location and spec.origin else None
    return origin if origin is not None and origin.suffix == ".py" else None
