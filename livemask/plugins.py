"""Finds a plug-in by its file name and reads `NAME[,key=value...]`.

A plug-in is a module with `create(**options)`; its keyword arguments are the options.
A family file that makes several lists their names in `NAMES` and takes `name` as its
first argument. Hyphen and underscore are the same in names. Plug-ins are imported when
they are asked for, so that optional packages stay optional.
"""

import ast
import difflib
import importlib
import inspect
import re
import threading
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_type_hints

from livemask.errors import UsageError

_PACKAGE = Path(__file__).resolve().parent
_PARSING = threading.Lock()

_CHARACTERS, _PICTURES = (".glb", ".gltf", ".vrm"), (".png", ".jpg", ".jpeg", ".webp")
ENDINGS = {"masks": dict.fromkeys(_CHARACTERS, "gltf") | dict.fromkeys(_PICTURES, "paint")}
"""Rooms whose plug-ins may be named by a file alone: the plug-in that takes it, by its ending."""


def names(room: str) -> dict[str, str]:
    """Return the plug-ins of a room (`masks`, `sinks`...): name -> module, sorted.

    Reads the files without importing them.
    """
    found: dict[str, str] = {}
    for path in (_PACKAGE / room).glob("*.py"):
        tree = _parsed(path)
        if not any(isinstance(n, ast.FunctionDef) and n.name == "create" for n in tree.body):
            continue
        for name in _family(tree) or (path.stem,):
            found[name.replace("_", "-")] = f"livemask.{room}.{path.stem}"
    return dict(sorted(found.items()))


def describe(room: str) -> dict[str, tuple[str, str]]:
    """Return what each plug-in of a room is, in a line, and its options with their defaults.

    Reads the files without importing them.
    """
    described = {}
    for name, module in names(room).items():
        path = _PACKAGE / room / f"{module.rpartition('.')[2]}.py"
        tree = _parsed(path)
        made = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "create")
        summary = (ast.get_docstring(tree) or "").partition("\n")[0]
        described[name] = summary, ", ".join(_options(made.args))
    return described


def _options(arguments: ast.arguments) -> list[str]:
    listed = arguments.args + arguments.kwonlyargs
    padding: list[ast.expr | None] = [None] * (len(arguments.args) - len(arguments.defaults))
    defaults = padding + arguments.defaults + arguments.kw_defaults
    return [
        f"{a.arg}={ast.unparse(d).strip(chr(39))}" if d is not None else f"{a.arg}=..."
        for a, d in zip(listed, defaults, strict=True)
        if a.arg != "name"
    ]


def _family(tree: ast.Module) -> tuple[str, ...]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "NAMES":
            return tuple(ast.literal_eval(node.value))
    return ()


def ready(room: str) -> tuple[str, ...]:
    """Return the names of the plug-ins of a room that need no option, sorted.

    One that needs any one of several, each with a default, says so by `NEEDS_ONE = True`.
    """
    needed, listed = "=...", describe(room).items()
    return tuple(n for n, (_, has) in listed if needed not in has and not _needs_one(room, n))


def _needs_one(room: str, name: str) -> bool:
    return any(
        isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "NEEDS_ONE"
        for node in _tree(room, name).body
    )


def parse(text: str, room: str = "") -> tuple[str, dict[str, str]]:
    """Split `NAME[,key=value...]` into the name and its options.

    In a room of `ENDINGS` a file may stand for the name: `FILE` is `NAME,file=FILE`.
    """
    file, name, text = _file(text, ENDINGS.get(room, {}))
    first, *pairs = (part.strip() for part in text.split(","))
    name, options = name or first, {"file": file} if file else {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise UsageError(f"{pair!r} in {text!r} is not an option; write NAME,key=value.")
        options[key.strip().replace("-", "_")] = value.strip()
    return name.replace("_", "-"), options


def _file(text: str, endings: dict[str, str]) -> tuple[str, str, str]:
    """Return the file that `text` starts with, the plug-in that takes it, and `text` without it.

    A comma may be in its name, unless what stands before it could be a plug-in with options.
    """
    known = "|".join(map(re.escape, endings))
    found = re.match(rf"\s*(.+?({known}))\s*(,.*)?$", text, re.IGNORECASE) if known else None
    if found is None or "=" in found[1].partition(",")[2]:
        return "", "", text
    return found[1], endings[found[2].lower()], found[3] or ""


def create(room: str, text: str, **given: Any) -> Any:
    """Make the plug-in that `NAME[,key=value...]` asks for.

    `given` are options that are not text; those in the text go before them.

    Raises
    ------
    UsageError
        If the name or an option is unknown, one that it needs is missing, or a value is not of
        the option's type.
    """
    name, options = parse(text, room)
    module = importlib.import_module(_module(room, name))
    extra = (name,) if hasattr(module, "NAMES") else ()
    known = {**given, **typed(module.create, name, options)}
    needed = [
        key for key, option in options_of(module.create).items() if option.default is option.empty
    ]
    _demand(name, needed, known)
    return module.create(*extra, **known)


def check(room: str, text: str) -> None:
    """Refuse `NAME[,key=value...]` if `create` would for its names, without importing it.

    Raises
    ------
    UsageError
        If the name or an option is unknown, or one that it needs is missing.
    """
    name, options = parse(text, room)
    tree = _tree(room, name)
    arguments = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "create")
    known = dict(option.split("=", 1) for option in _options(arguments.args))
    for key in options:
        if key not in known:
            raise _no_option(name, key, known)
    _demand(name, [key for key, default in known.items() if default == "..."], options)


def constant(room: str, name: str, attribute: str) -> Any:
    """Return the value that all classes of a plug-in give to `attribute`, without importing it.

    None if they do not agree, or if it is not a plain value.
    """
    values = [
        statement.value.value if isinstance(statement.value, ast.Constant) else None
        for node in ast.walk(_tree(room, parse(name, room)[0]))
        if isinstance(node, ast.ClassDef)
        for statement in node.body
        if isinstance(statement, ast.Assign)
        and getattr(statement.targets[0], "id", None) == attribute
    ]
    return values[0] if values and all(value == values[0] for value in values) else None


def _module(room: str, name: str) -> str:
    """Return the module of a plug-in."""
    known = names(room)
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, 1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    raise UsageError(
        f"there is no {room.removesuffix('s')} {name!r}.{hint} Known: {', '.join(known)}."
    )


def _tree(room: str, name: str) -> ast.Module:
    """Return the syntax of a plug-in's file."""
    return _parsed(_PACKAGE / room / f"{_module(room, name).rpartition('.')[2]}.py")


def _parsed(path: Path) -> ast.Module:
    """Return the syntax of a file, by one thread at a time.

    Python 3.11 fails now and then when two parse: "AST constructor recursion depth mismatch".
    """
    with _PARSING:
        return _parsed_once(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _parsed_once(path: Path, _changed: int) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _demand(name: str, needed: Iterable[str], given: Iterable[str]) -> None:
    """Refuse a plug-in without the options that it needs."""
    missing = [key for key in needed if key not in given]
    if missing:
        raise UsageError(
            f"{name!r} needs {' and '.join(missing)}; write "
            f"{name},{','.join(f'{key}=VALUE' for key in missing)}."
        )


def _no_option(name: str, key: str, known: Iterable[str]) -> UsageError:
    has = f"It has: {', '.join(known)}." if known else "It has none."
    return UsageError(f"{name!r} has no option {key!r}. {has}")


def options_of(create: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    """Return the options of a plug-in: the keyword arguments of its `create`."""
    parameters = inspect.signature(create).parameters
    return {key: p for key, p in parameters.items() if key != "name"}


def typed(create: Callable[..., Any], name: str, options: dict[str, str]) -> dict[str, Any]:
    """Return `options` of the plug-in `name` as the types that its `create` asks for.

    Raises
    ------
    UsageError
        If an option is unknown, or a value is not of its type.
    """
    known = options_of(create)
    hints = get_type_hints(create.__init__ if inspect.isclass(create) else create)
    values = {}
    for key, value in options.items():
        if key not in known:
            raise _no_option(name, key, known)
        values[key] = _value(f"{name},{key}", value, hints.get(key, str))
    return values


def _value(where: str, text: str, hint: Any) -> Any:
    kinds = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    kinds = tuple(kind for kind in kinds if kind is not NoneType)
    for kind in kinds:
        if kind is bool and text.lower() in ("true", "yes", "on", "1"):
            return True
        if kind is bool and text.lower() in ("false", "no", "off", "0"):
            return False
        if kind in (int, float, str, Path):
            try:
                return kind(text)
            except ValueError:
                continue
    wanted = " or ".join(getattr(k, "__name__", str(k)) for k in kinds)
    raise UsageError(f"{where}={text!r} must be {wanted}.")
