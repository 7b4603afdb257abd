"""A character with a toon skin, cut-out hair with a normal map, and horns that glow.

`python -m tests.masks.character.test_golden` draws it anew. Look at it before it is committed.
"""

import tempfile
from pathlib import Path

import cv2
import pytest

from livemask import plugins
from livemask.records import Scene
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from tests.gltf import people
from tests.heads import shipped
from tests.masks import tiny
from tests.masks.test_golden import FOLDER, excess

TURNED = tiny.pose((0.1, 0.45, -0.1), (15, -35, -620))
FURTHER = tiny.pose((0.1, 0.65, -0.1), (15, -35, -620))


def draw(folder, pose=TURNED):
    """Return the picture."""
    mask = plugins.create("masks", str(people.dressed().write(folder / "dressed.vrm")))
    model, frame = shipped(), tiny.frame()
    fit = tiny.fit(model, pose, jawOpen=0.5)
    layers = mask.layers(model, fit, frame, tiny.LIGHT, 0.0)
    with offscreen() as context:
        renderer = Renderer(context, samples=0)
        picture = renderer.render(Scene(frame, (fit,), layers, tiny.LIGHT))
        renderer.close()
    return picture


def test_a_character_looks_as_it_did(tmp_path):
    picture = draw(tmp_path)
    found = excess(picture, "gltf")
    if found > 1:
        cv2.imwrite(str(tmp_path / "gltf.png"), picture[..., ::-1])
        pytest.fail(f"{found:.1f} times the tolerance: {tmp_path / 'gltf.png'}")


def test_the_comparison_notices_a_character_that_turned_a_little(tmp_path):
    assert excess(draw(tmp_path, FURTHER), "gltf") > 1


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        cv2.imwrite(str(FOLDER / "gltf.png"), draw(Path(place))[..., ::-1])
