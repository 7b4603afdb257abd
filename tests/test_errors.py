import inspect

import pytest

from livemask import errors
from livemask.errors import LivemaskError

CLASSES = [c for _, c in inspect.getmembers(errors, inspect.isclass)]


@pytest.mark.parametrize("error", CLASSES)
def test_every_error_can_be_shown_to_the_user(error):
    assert issubclass(error, LivemaskError)
    assert str(error("camera 3 is in use; close it")) == "camera 3 is in use; close it"


def test_the_tree_in_the_docstring_names_every_error_and_no_other():
    drawn = {word for word in errors.__doc__.split() if word.endswith("Error")}
    assert drawn == {error.__name__ for error in CLASSES}


@pytest.mark.parametrize("error", CLASSES)
def test_every_error_says_when_it_is_raised(error):
    assert vars(error)["__doc__"]
