"""From the text of an option to a head model."""

import logging
import os
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from livemask import plugins
from livemask.errors import ModelError, PluginError, UsageError
from livemask.library import manifest, store
from livemask.morphable_model import MorphableModel

LOG = logging.getLogger("livemask")

USUAL = {".mat": "face3d", ".npz": "head", ".h5": "bfm2017", ".bin": "eos", ".pkl": "flame"}
"""Which loader says what is wrong with a file that none knows, by its ending."""


def open_model(text: str, *, thorough: bool = False) -> MorphableModel:
    """Return the head model that a text names.

    It is `NAME[,key=value...]` of a model that livemask ships, the name of an imported one, or
    a file or folder, whose kind is told by what it holds. Of an imported model the size and
    the time of change of each file are compared with what was imported, and the SHA-256 where
    the time differs or if `thorough`.

    Raises
    ------
    UsageError, ModelError
        If there is no such model, or the file does not hold one.
    """
    stored = store.find(text)
    if stored is not None:
        manifest.verify(stored.folder, stored.manifest, thorough=thorough)
        opened = load(stored.manifest.kind, stored.folder / stored.manifest.opened)
        return replace(opened, name=stored.name)
    name = text.partition(",")[0].strip().replace("_", "-")
    if name in plugins.names("models"):
        return _plug_in(text)
    path = Path(text)
    if path.exists() or path.suffix in USUAL or os.sep in text:
        return load(kind_of(path), path)
    return _unknown(text)


def shipped() -> tuple[str, ...]:
    """Return the names of the models that need no file of the user."""
    described = plugins.describe("models").items()
    return tuple(name for name, (_, options) in described if "=..." not in options)


def _plug_in(text: str) -> MorphableModel:
    """Return the model of a loader, with the options that stand behind its name."""
    if text.strip().replace("_", "-") in set(plugins.names("models")) - set(shipped()):
        raise UsageError(
            f"the model {text!r} is not shipped: give its file, --model FILE, or import it once, "
            "livemask models import FILE. BFM/README.md tells where it is had."
        )
    model: MorphableModel = plugins.create("models", text)
    return model


def load(kind: str, path: Path) -> MorphableModel:
    """Return the model of a known kind in a file or folder.

    Raises
    ------
    ModelError
        If it does not hold one, or its kind is not known.
    """
    if kind not in plugins.names("models"):
        raise ModelError(f"{path} is of a kind {kind!r} that this livemask does not know.")
    model: MorphableModel = plugins.create("models", kind, file=path)
    return model


def kind_of(path: Path) -> str:
    """Return the name of the loader that reads a file or folder, by what it holds.

    Raises
    ------
    ModelError
        If it is not there, or none reads it.
    """
    if not path.exists():
        raise ModelError(f"the model file {path} does not exist.")
    for kind in plugins.names("models"):
        if _recognises(kind, path):
            return kind
    if path.is_file() and path.suffix in USUAL:
        return USUAL[path.suffix]
    raise ModelError(
        f"{path} holds no model that livemask knows ({', '.join(plugins.names('models'))}); "
        "BFM/README.md tells which files to get."
    )


def _recognises(kind: str, path: Path) -> bool:
    """Tell whether a loader reads a file or folder; a broken one of a package is left out."""
    try:
        found: bool = loader(kind).recognises(path)
    except (PluginError, AttributeError) as error:
        LOG.warning("the models of kind %r are left out: %s", kind, error)
        return False
    return found


def files_of(kind: str, path: Path) -> tuple[Path, ...]:
    """Return the files that a loader reads of a model: what is to be copied."""
    found = getattr(loader(kind), "files", None)
    return (path,) if found is None else tuple(found(path))


def loader(kind: str) -> ModuleType:
    """Return the module of a loader."""
    return plugins.load("models", kind)


def _unknown(text: str) -> MorphableModel:
    """Raise the error for a name that nobody knows, with those that are known."""
    try:
        model: MorphableModel = plugins.create("models", text)
    except UsageError as error:
        imported = ", ".join(store.names()) or "none"
        raise UsageError(f"{error} Imported: {imported}.") from error
    return model
