"""What can be read of a plug-in's file without importing it."""

import ast
import gc
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

_PARSING = threading.Lock()


def parsed(path: Path) -> ast.Module:
    """Return the syntax of a file."""
    with _PARSING:  # whether memory is collected belongs to one thread at a time
        return _parsed_once(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _parsed_once(path: Path, _changed: int) -> ast.Module:
    text = path.read_text("utf-8")
    # Python 3.11 fails if another thread parses amid this, as libraries do while they are
    # imported: "AST constructor recursion depth mismatch" (compare gh-106905). Only a collection,
    # which may run Python, lets another one in.
    collects = gc.isenabled()
    gc.disable()
    try:
        return ast.parse(text)
    finally:
        if collects:
            gc.enable()


def creator(tree: ast.Module) -> ast.FunctionDef | None:
    """Return the function `create` of a file, if it has one."""
    made = (n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "create")
    return next(made, None)


def family(tree: ast.Module) -> tuple[str, ...]:
    """Return the names that a file makes, if it is a family's."""
    value = assigned(tree, "NAMES")
    return () if value is None else tuple(ast.literal_eval(value))


def assigned(tree: ast.Module, name: str) -> ast.expr | None:
    """Return what a file assigns to a name, if it does."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name:
            return node.value
    return None


def options(create: ast.FunctionDef) -> list[str]:
    """Return the options of a plug-in, each `key=default`; `key=...` if it must be given."""
    arguments = create.args
    listed = arguments.args + arguments.kwonlyargs
    padding: list[ast.expr | None] = [None] * (len(arguments.args) - len(arguments.defaults))
    defaults = padding + arguments.defaults + arguments.kw_defaults
    return [
        f"{a.arg}={ast.unparse(d).strip(chr(39))}" if d is not None else f"{a.arg}=..."
        for a, d in zip(listed, defaults, strict=True)
        if a.arg != "name"
    ]


def agreed(tree: ast.Module, attribute: str) -> Any:
    """Return the plain value that all classes of a file give to `attribute`; else None."""
    values = [
        statement.value.value if isinstance(statement.value, ast.Constant) else None
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for statement in node.body
        if isinstance(statement, ast.Assign)
        and getattr(statement.targets[0], "id", None) == attribute
    ]
    return values[0] if values and all(value == values[0] for value in values) else None
