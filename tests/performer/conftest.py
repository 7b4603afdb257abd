import pytest

from livemask.models import head
from livemask.performer import Performer
from livemask.performer.cast import cast


@pytest.fixture(scope="session")
def model():
    return head.create()


@pytest.fixture(scope="session")
def person(model):
    return cast(model, 0)


@pytest.fixture(scope="package")
def performer():
    """A performer whose pictures are drawn once for all tests; read from it by `picture` only."""
    performer = Performer(size=(640, 360))
    yield performer
    performer.close()
