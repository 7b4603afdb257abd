"""Reads the small JSON and TOML files that lie beside models."""

import json
import tomllib
from pathlib import Path
from typing import Any

from livemask.errors import ModelError
from livemask.models.reading import read_whole

LARGEST = 2**20
"""Bytes of the largest file read."""


def read_table(file: Path) -> dict[str, Any]:
    """Return the content of a `.json` file, or of a TOML file of any other ending.

    Raises
    ------
    ModelError
        If it is missing, too large, broken or no table.
    """
    data = read_whole(file, LARGEST)
    try:
        text = data.decode("utf-8")
        content = json.loads(text) if file.suffix == ".json" else tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # both kinds of broken are ValueErrors
        raise ModelError(f"{file} is not a readable table: {error}.") from error
    if not isinstance(content, dict):
        raise ModelError(f"{file} is not a table: it holds a {type(content).__name__}.")
    return content


def listed(file: Path, table: dict[str, Any], field: str) -> list[Any]:
    """Return a field of a table that must be a list; an empty one if it is missing."""
    values = table.get(field, [])
    if not isinstance(values, list):
        raise ModelError(f"{file}: field {field!r} is a {type(values).__name__}, not a list.")
    return values


def vertex(file: Path, field: str, value: object, count: int) -> int:
    """Return a value of a table that must be a vertex of `count`, from 0."""
    if type(value) is not int or not 0 <= value < count:
        raise ModelError(f"{file}: field {field!r} points to {value!r}, allowed 0 to {count - 1}.")
    return value
