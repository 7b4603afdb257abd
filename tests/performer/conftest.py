import pytest

from livemask.performer import Performer
from livemask.performer.cast import cast
from tests.heads import shipped


@pytest.fixture(scope="session")
def model():
    return shipped()


@pytest.fixture(scope="session")
def person(model):
    return cast(model, 0)


@pytest.fixture(scope="package")
def performer():
    """A performer whose pictures are drawn once for all tests; read from it by `picture` only."""
    performer = Performer(size=(640, 360))
    yield performer
    performer.close()
