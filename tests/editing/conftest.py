import pytest

from tests.editing import performed


@pytest.fixture(scope="package", autouse=True)
def let_go():
    """Let go of the performer after the last test."""
    yield
    performed.close()
