"""Takes a published model into the store, under a name, once it has been read in full."""

from pathlib import Path

from livemask.errors import UsageError
from livemask.library import store
from livemask.library.opening import files_of, kind_of, load, shipped
from livemask.library.store import Incoming, Stored


def import_model(path: Path, name: str | None = None, *, overwrite: bool = False) -> Stored:
    """Import the model in a file or folder; return what is stored.

    Parameters
    ----------
    path : Path
        What was fetched: its kind is told by what it holds.
    name : str, optional
        By which it is opened from then on; the file's name without its ending if left out.
    overwrite : bool
        Let it replace an imported model of that name.

    Raises
    ------
    UsageError
        If the name is taken or is none.
    ModelError
        If there is no model, or it is broken; the store is as it was then.
    """
    opened = path.resolve()
    wanted = name or (opened.name if opened.is_dir() else opened.stem)
    store.checked_name(wanted)
    if wanted in shipped():
        raise UsageError(f"livemask itself has a model {wanted!r}; give another --name.")
    if opened.is_relative_to(store.shelf().resolve()):
        raise UsageError(f"{path} is in the store already.")
    kind = kind_of(opened)
    return store.add(
        wanted, Incoming(kind, opened, files_of(kind, opened)), load, overwrite=overwrite
    )
