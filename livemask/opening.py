"""From the text of an option to a head model."""

from pathlib import Path

from livemask import plugins
from livemask.morphable_model import MorphableModel

LOADERS = {".mat": "face3d", ".npz": "head"}
"""Which loader reads a file, by its ending."""


def open_model(text: str) -> MorphableModel:
    """Return the head model that `NAME[,key=value...]` or a file names.

    A `.mat` file is read as one of the face3d family, an `.npz` file as livemask's own.

    Raises
    ------
    UsageError, ModelError
        If there is no such model, or the file does not hold one.
    """
    file = Path(text)
    if file.suffix in LOADERS:
        model: MorphableModel = plugins.create("models", LOADERS[file.suffix], file=file)
    else:
        model = plugins.create("models", text)
    return model
