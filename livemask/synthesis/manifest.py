"""The manifest: what the pictures of a folder have in common, so that only such join them."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from livemask.errors import UsageError
from livemask.morphable_model import MorphableModel
from livemask.sinks.files import unwritable
from livemask.synthesis.order import FORMATS, Order

NAME = "synthesis.json"

FORM = 1
"""Another number for each change by which the same order gives other pictures."""

_OURS = re.compile(rf"\.?\d{{8}}\.({'|'.join((*FORMATS, 'npz'))})(\.\d+\.part)?")


def claim(out: Path, order: Order, marks: dict[str, Any], *, overwrite: bool = False) -> None:
    """Make `out` the folder of an order, or see that it is that already.

    Parameters
    ----------
    out : Path
        The folder.
    order : Order
        Its pictures'.
    marks : dict
        What else the pictures depend on, as `marks_of` returns it.
    overwrite : bool
        Whether pictures of any order that are there are to go.

    Raises
    ------
    UsageError
        If it holds pictures of another order.
    SinkError
        If it cannot be written to.
    """
    file, wanted = out / NAME, {"form": FORM, "order": order.written, **marks}
    try:
        out.mkdir(parents=True, exist_ok=True)
        if overwrite:
            _clear(out)
        elif file.exists():
            _compare(out, _read(file), wanted)
        elif any(_OURS.fullmatch(f.name) for f in out.glob("[0-9]*/*")):
            raise UsageError(
                f"{out} holds numbered pictures, but no {NAME} that says what they are; "
                "name another folder, or add --overwrite."
            )
        if not file.exists():
            part = file.with_suffix(".part")
            part.write_text(json.dumps(wanted, indent=1) + "\n", "utf-8")
            part.replace(file)
    except OSError as error:
        raise unwritable(file, error) from error


def marks_of(model: MorphableModel, photos: tuple[Path, ...]) -> dict[str, Any]:
    """Return what tells a model and photos from others of the same names."""
    shape = hashlib.sha256()
    for array in (model.mean, model.identity, model.expressions, model.albedo, model.triangles):
        shape.update(str(array.shape).encode() + array.tobytes()[:: max(1, array.nbytes >> 22)])
    listed = "\n".join(f"{photo.name} {photo.stat().st_size}" for photo in photos)
    return {
        "model": shape.hexdigest()[:16],
        "photos": hashlib.sha256(listed.encode()).hexdigest()[:16] if photos else "",
    }


def _read(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text("utf-8"))
        Order.read(found["order"])
        return dict(found)
    except (ValueError, KeyError, TypeError, UsageError) as error:
        raise UsageError(
            f"{file} cannot be read: {error}. Name another folder, or add --overwrite."
        ) from error


def _compare(out: Path, found: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Refuse an order that differs from what made the pictures that are there."""
    for name, value in wanted["order"].items():
        if found["order"][name] != value:
            raise UsageError(
                f"{out} holds pictures made with --{name} {_said(found['order'][name])}, not "
                f"{_said(value)}; give the same options, name another folder, or add --overwrite."
            )
    for name, what in (("form", "version of livemask"), ("model", "head model"),
                       ("photos", "set of backgrounds")):  # fmt: skip
        if found.get(name) != wanted[name]:
            raise UsageError(
                f"{out} holds pictures made with another {what}; name another folder, "
                "or add --overwrite."
            )


def _said(value: Any) -> str:
    return ",".join(value) if isinstance(value, list) else str(value) or "''"


def _clear(out: Path) -> None:
    """Remove the pictures and labels of all orders, and nothing else."""
    (out / NAME).unlink(missing_ok=True)
    for file in out.glob("[0-9]*/*"):
        if _OURS.fullmatch(file.name) and not file.is_symlink():
            file.unlink()
    for file in out.glob("[0-9]*/.*.part"):
        if _OURS.fullmatch(file.name):
            file.unlink()
