"""What may be asked for."""

import pytest

from livemask.errors import UsageError
from livemask.showing import Showing


@pytest.mark.parametrize("background", ["video", "blur", "transparent", "#00ff7f", "beach.jpg"])
def test_backgrounds_that_there_are_are_taken(background):
    assert Showing(background=background).replaces == (background != "video")


@pytest.mark.parametrize("background", ["", "#", "#12", "#12345g", "#1234567"])
def test_what_is_no_colour_is_refused(background):
    with pytest.raises(UsageError, match="#rrggbb"):
        Showing(background=background)


def test_a_colour_is_red_green_blue():
    assert Showing(background="#0180FF").colour == (1, 128, 255)
    assert Showing(background="blur").colour is None


@pytest.mark.parametrize("occlusion", ["", "on", "AUTO"])
def test_an_occlusion_that_cannot_be_is_refused(occlusion):
    with pytest.raises(UsageError, match="give auto or off"):
        Showing(occlusion=occlusion)


@pytest.mark.parametrize("opacity", [-0.1, 1.1, float("nan")])
def test_an_opacity_that_cannot_be_is_refused(opacity):
    with pytest.raises(UsageError, match="give 0 to 1"):
        Showing(opacity=opacity)
