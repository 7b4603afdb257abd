"""Values of options: from the text of the command line to what `create` asks for."""

import difflib
import inspect
from collections.abc import Callable, Iterable
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from livemask.errors import UsageError


def options_of(create: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    """Return the options of a plug-in: the keyword arguments of its `create`."""
    parameters = inspect.signature(create).parameters.items()
    rest = inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD
    return {key: p for key, p in parameters if key != "name" and p.kind not in rest}


def typed(create: Callable[..., Any], what: str, options: dict[str, str]) -> dict[str, Any]:
    """Return `options` as the types that `create` asks for.

    `what` it makes is named in errors: `mask glasses`.

    Raises
    ------
    UsageError
        If an option is unknown, or a value is not of its type.
    """
    known = options_of(create)
    hints = get_type_hints(create.__init__ if inspect.isclass(create) else create)
    values = {}
    for key, text in options.items():
        if key not in known:
            raise no_option(what, key, known)
        kinds = _kinds(hints.get(key, str))
        try:
            values[key] = _value(text, kinds)
        except ValueError as error:
            usual = known[key].default
            raise UsageError(f"{what}: {key}={text!r} {_mended(key, kinds, usual)}") from error
    return values


def no_option(what: str, key: str, known: Iterable[str]) -> UsageError:
    """Return the error for an option that a plug-in has not, with those that it has."""
    has = f"It has: {', '.join(known)}." if known else "It has none."
    near = difflib.get_close_matches(key, known, 1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return UsageError(f"{what} has no option {key!r}.{hint} {has}")


def _kinds(hint: Any) -> tuple[Any, ...]:
    kinds = get_args(hint) if get_origin(hint) in (UnionType, Union) else (hint,)
    return tuple(kind for kind in kinds if kind is not NoneType)


def _value(text: str, kinds: tuple[Any, ...]) -> Any:
    """Return a text as the first of `kinds` that it can be; raises ValueError if it can be none."""
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
    raise ValueError(text)


def _mended(key: str, kinds: tuple[Any, ...], usual: Any) -> str:
    """Return what is wrong with a value that can be none of `kinds`, and what to write."""
    if bool in kinds:
        return f"is neither yes nor no; write {key}=yes or {key}=no."
    number = isinstance(usual, int | float)
    if float in kinds:
        return f"is no number; write one, such as {key}={usual if number else 1.5}."
    if int in kinds:
        return f"is no whole number; write one, such as {key}={usual if number else 1}."
    return f"must be {' or '.join(getattr(kind, '__name__', str(kind)) for kind in kinds)}."
