"""Masks on a face of known shape, compared with pictures that were looked at.

Tolerance: on average a colour value may differ by 0.5 of 255, and two in a hundred by more
than 6: drivers place samples and round otherwise, but a mask that sits elsewhere, or has
another light, is far beyond that.

`python -m tests.masks.test_golden` draws them anew. Look at them before they are committed.
"""

from pathlib import Path

import cv2
import numpy as np
import pytest

from livemask import plugins
from livemask.records import Scene
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from tests.masks import tiny

FOLDER = Path(__file__).parent / "golden"
MASKS = (
    "shaded",
    "textured",
    "wireframe",
    "landmarks",
    "watermelon",
    "fruit-card",
    "mosaic",
    "blur",
    "clay",
    "gold",
    "chrome",
    "toon",
    "hologram",
    "tiger",
    "skull",
    "robot",
    "carnival",
    "glasses",
    "hat",
    "moustache",
    "horns",
)
MEAN, MOST, SHARE = 0.5, 6, 0.02
EFFECTS = ("mosaic", "blur")
"""What changes the picture itself is shown on one with something in it."""
TURNED = tiny.pose((0.1, 0.45, -0.1), (15, -15, -400))
FURTHER = tiny.pose((0.1, 0.65, -0.1), (15, -15, -400))
ASIDE = tiny.pose((0.1, 0.45, -0.1), (45, -15, -400))


def barred():
    """Return a picture of coloured bars."""
    bars = np.random.default_rng(6).integers(0, 256, (1, 31, 3), np.uint8)
    return cv2.resize(bars, tiny.SIZE, interpolation=cv2.INTER_NEAREST)


def draw(name, pose=TURNED):
    """Return the picture of a mask on a turned face with an open mouth."""
    model, frame = tiny.model(), tiny.frame(barred() if name in EFFECTS else None)
    fit = tiny.fit(model, pose, jawOpen=0.5)
    layers = plugins.create("masks", name).layers(model, fit, frame, tiny.LIGHT, 0.0)
    with offscreen() as context:
        renderer = Renderer(context, samples=0)
        picture = renderer.render(Scene(frame, (fit,), layers, tiny.LIGHT))
        renderer.close()
    return picture


def excess(picture, name):
    """Return how much too different a picture is from the golden one: 1 is just tolerable."""
    file = FOLDER / f"{name}.png"
    golden = cv2.imread(str(file))
    assert golden is not None, f"{file} is missing"
    difference = np.abs(picture.astype(int) - golden[..., ::-1])
    return max(difference.mean() / MEAN, (difference > MOST).mean() / SHARE)


@pytest.mark.parametrize("name", MASKS)
def test_a_mask_looks_as_it_did(tmp_path, name):
    picture = draw(name)

    found = excess(picture, name)
    if found > 1:
        cv2.imwrite(str(tmp_path / f"{name}.png"), picture[..., ::-1])
        pytest.fail(f"{found:.1f} times the tolerance: {tmp_path / name}.png, {FOLDER / name}.png")


# `textured` takes on the colours of the picture: where it is can hardly be seen, as it should be.
@pytest.mark.parametrize("name", sorted({*MASKS} - {"textured"}))
def test_the_comparison_notices_a_face_that_turned_a_little(name):
    assert excess(draw(name, ASIDE if name in EFFECTS else FURTHER), name) > 1


def write_all():
    """Draw all golden pictures anew."""
    FOLDER.mkdir(exist_ok=True)
    for name in MASKS:
        cv2.imwrite(str(FOLDER / f"{name}.png"), draw(name)[..., ::-1])


if __name__ == "__main__":
    write_all()
