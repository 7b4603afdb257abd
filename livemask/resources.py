"""Finds the files that livemask ships: shaders, assets, landmark indices."""

import os
from pathlib import Path

from livemask.errors import LivemaskError

_PACKAGE = Path(__file__).resolve().parent


def roots() -> tuple[Path, ...]:
    """Return the folders searched, first hit wins.

    `$LIVEMASK_HOME` (a user's own shaders or assets), the data inside an
    installed wheel, the checkout.
    """
    home = os.environ.get("LIVEMASK_HOME")
    own = (Path(home),) if home else ()
    return (*own, _PACKAGE / "_data", _PACKAGE.parent)


def resource(name: str) -> Path:
    """Return the path of a shipped file, for example `shaders/face.vert`.

    Raises
    ------
    LivemaskError
        If no root holds it, or if the name leads out of the roots.
    """
    for root in roots():
        path = (root / name).resolve()
        if path.is_relative_to(root.resolve()) and path.exists():
            return path
    raise LivemaskError(
        f"livemask's own file {name!r} is missing from {' and '.join(map(str, roots()))}; "
        "install livemask again."
    )
