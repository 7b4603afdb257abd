"""The head models: the shipped one, and those that the user has imported."""

from collections.abc import Iterator

from livemask.doctor.finding import Finding, State
from livemask.doctor.system import System, pip_install
from livemask.errors import LivemaskError
from livemask.folders import data_folder


def examine(_: System) -> Iterator[Finding]:
    """Load the shipped head, and list what was imported."""
    from livemask.models import head

    try:
        model = head.create()
    except LivemaskError as error:
        cure = f"{pip_install('livemask')} --force-reinstall"
        yield Finding("head", State.MISSING, str(error), cure, needed=True)
    else:
        points, shapes = len(model.mean), len(model.expressions)
        yield Finding("head", State.OK, f"{points} points, {shapes} expressions")
    yield _imported()


def _imported() -> Finding:
    folder = data_folder() / "models"
    entries = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    names = ", ".join(name for name in entries if not name.startswith("."))
    return Finding("imported", State.OK if names else State.NOTE, names or f"none in {folder}")
