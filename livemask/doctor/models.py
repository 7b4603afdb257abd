"""The head models: the shipped one, and those that the user has imported."""

from collections.abc import Iterator

from livemask.doctor.finding import Finding, State
from livemask.doctor.system import System, pip_install
from livemask.errors import LivemaskError


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
    yield from _imported()


def _imported() -> Iterator[Finding]:
    """Load what the user has imported."""
    from livemask.library import store
    from livemask.library.opening import open_model

    names = store.names()
    if not names:
        yield Finding("imported", State.NOTE, f"none in {store.shelf()}")
    for name in names:
        try:
            model = open_model(name)
        except (LivemaskError, OSError) as error:
            cure = f"livemask models import FILE --name {name} --overwrite"
            yield Finding(name, State.WARNING, " ".join(str(error).split()), cure)
        else:
            text = f"imported, {len(model.mean)} points, {len(model.expressions)} expressions"
            yield Finding(name, State.OK, text)
