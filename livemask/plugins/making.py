"""Makes plug-ins: imports them, checks what is asked of them, and what they make."""

import importlib
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any, TypeVar

from livemask.errors import LivemaskError, PluginError, UsageError
from livemask.plugins import syntax
from livemask.plugins.plugin import Plugin
from livemask.plugins.rooms import sought
from livemask.plugins.text import parse
from livemask.plugins.values import no_option, options_of, typed

T = TypeVar("T")

CONTRACTS = {
    "masks": ("layers", "hides"),
    "sinks": ("send", "close", "capacity", "wants_pixels"),
    "detectors": ("find", "detect"),
    "sources": ("read", "close", "size", "rate", "count", "live", "path"),
    "models": ("vertices", "landmark_vertices"),
}
"""What an object of each room must have."""

SUCH = {"file": "FILE", "photo": "FILE"}
"""What stands for the value of an option that is missing."""


def create(room: str, text: str, **given: Any) -> Any:
    """Make the plug-in that `NAME[,key=value...]` asks for.

    `given` are options that are not text; those in the text go before them. One that is None
    and that the plug-in does not know is left out.

    Raises
    ------
    UsageError
        If the name or an option is unknown, one that it needs is missing, or a value is not of
        the option's type.
    PluginError
        If it belongs to an installed package and is broken.
    """
    name, options = parse(text, room)
    plugin = sought(room, name)
    module = _loaded(plugin, room)
    made = _tried(plugin, room, lambda: _made(module, _called(room, name), options, given))
    lacks = [member for member in CONTRACTS.get(room, ()) if not hasattr(made, member)]
    if plugin.package and lacks:
        raise _broken(plugin, room, f"what it makes lacks {' and '.join(lacks)}")
    return made


def _called(room: str, name: str) -> str:
    return f"{room.removesuffix('s')} {name}"


def _made(module: ModuleType, what: str, options: dict[str, str], given: dict[str, Any]) -> Any:
    extra = (what.partition(" ")[2],) if hasattr(module, "NAMES") else ()
    has = options_of(module.create)
    given = {key: value for key, value in given.items() if key in has or value is not None}
    known = {**given, **typed(module.create, what, options)}
    for key in given.keys() - has.keys():
        raise no_option(what, key, has)
    _demand(what, [key for key, option in has.items() if option.default is option.empty], known)
    try:
        return module.create(*extra, **known)
    except UsageError as error:
        if not what.startswith("mask "):  # what sinks refuse bears the name of an option of a run
            raise
        raise UsageError(f"{what}: {error}") from error


def load(room: str, name: str) -> ModuleType:
    """Import the module of a plug-in.

    Raises
    ------
    UsageError
        If there is none of that name.
    PluginError
        If it belongs to an installed package and cannot be imported.
    """
    return _loaded(sought(room, name), room)


def check(room: str, text: str) -> None:
    """Refuse `NAME[,key=value...]` if `create` would for its names, without importing it.

    Raises
    ------
    UsageError
        If the name or an option is unknown, or one that it needs is missing.
    """
    name, options = parse(text, room)
    plugin = sought(room, name)
    known = dict(option.split("=", 1) for option in syntax.options(plugin.create))
    for key in options:
        if key not in known:
            raise no_option(_called(room, name), key, known)
    needed = [key for key, default in known.items() if default == "..."]
    _demand(_called(room, name), needed, options)


def _loaded(plugin: Plugin, room: str) -> ModuleType:
    return _tried(plugin, room, lambda: importlib.import_module(plugin.module))


def _tried(plugin: Plugin, room: str, act: Callable[[], T]) -> T:
    """Return what `act` does; what an installed package does wrong there is told in a line."""
    if not plugin.package:
        return act()
    try:
        return act()
    except LivemaskError:
        raise
    except Exception as error:
        raise _broken(plugin, room, f"{type(error).__name__}: {error}") from error


def _broken(plugin: Plugin, room: str, why: str) -> PluginError:
    package = plugin.package.partition(" ")[0]
    return PluginError(
        f"the {room.removesuffix('s')} {plugin.name!r} of the package {plugin.package} is broken: "
        f"{why}. Mend it, or uninstall it: pip uninstall {package}."
    )


def _demand(what: str, needed: Iterable[str], given: Iterable[str]) -> None:
    """Refuse a plug-in without the options that it needs."""
    missing = [key for key in needed if key not in given]
    if missing:
        name = what.partition(" ")[2]
        told = ",".join(f"{key}={SUCH.get(key, 'VALUE')}" for key in missing)
        raise UsageError(f"{what} needs {' and '.join(missing)}; write {name},{told}.")
