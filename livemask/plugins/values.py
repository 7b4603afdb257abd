"""Values of options: from the text of the command line to what `create` asks for."""

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
            raise no_option(name, key, known)
        values[key] = _value(f"{name},{key}", value, hints.get(key, str))
    return values


def no_option(name: str, key: str, known: Iterable[str]) -> UsageError:
    """Return the error for an option that a plug-in has not, with those that it has."""
    has = f"It has: {', '.join(known)}." if known else "It has none."
    return UsageError(f"{name!r} has no option {key!r}. {has}")


def _value(where: str, text: str, hint: Any) -> Any:
    kinds = get_args(hint) if get_origin(hint) in (UnionType, Union) else (hint,)
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
