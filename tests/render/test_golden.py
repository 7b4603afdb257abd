"""Pictures compared with ones that were looked at and found right.

Tolerance: on average a colour value may differ by 0.4 of 255, and one in a hundred by more
than 3. The same Mesa draws the same bits; other drivers round otherwise and place their
samples otherwise within a pixel.

`python -m tests.render.test_golden` draws them anew. Look at them before they are committed.
"""

from pathlib import Path

import cv2
import numpy as np
import pytest

from livemask.records import Camera, Effect, Material, Mesh
from livemask.render.context import Context, offscreen
from livemask.render.renderer import Renderer
from tests.render import shapes

FOLDER = Path(__file__).parent / "golden"
SIZE = (241, 161)  # rows of no whole number of words
CAMERA = Camera.from_field_of_view(SIZE)
MEAN, MOST, SHARE = 0.4, 3, 0.01


def ball(pose, fields=None, radius=80.0, grid=(64, 33), **material):
    vertices, triangles, normals, uv = shapes.sphere(radius, *grid)
    given = {"uv": uv} | (fields or {})
    return Mesh(vertices, triangles, normals, CAMERA, pose, Material(**material), **given)


def stripes():
    across = np.arange(256)
    row = np.where((across // 16 % 2)[:, None], (40, 120, 50), (150, 200, 110)).astype(np.uint8)
    return np.tile(row, (128, 1, 1))


def shaded(shift=0.0):
    pose = shapes.at(shift, 0, -330, (0.3, -0.4, 0.1))
    return (ball(pose, colour=(0.7, 0.4, 0.3), specular=0.5, exponent=24.0),)


def soft():
    vertices = shapes.sphere(80, 64, 33)[0]
    alpha = np.clip((vertices[:, 2] + 10) / 50, 0, 1).astype(np.float32)
    fields = {"alpha": alpha, "colours": 0.5 + 0.5 * vertices / np.float32(80)}
    pose = shapes.at(10, 5, -330, (0.1, 0.9, 0.0))
    return (ball(pose, fields, translucency=0.4, opacity=0.9),)


def textured():
    melon = ball(shapes.at(-40, 10, -400, (0.2, 0.5, 0.3)), texture=stripes())
    vertices, triangles, normals, uv = shapes.quad(110, 90)
    video = Material(texture="frame", lit=False)
    turned = shapes.at(70, -10, -360, (0.0, -0.5, 0.0))
    return melon, Mesh(vertices, triangles, normals, CAMERA, turned, video, uv=uv)


def drawn():
    wires = ball(
        shapes.at(-50, 0, -400, (0.4, 0.2, 0.0)),
        grid=(20, 11),
        look="wireframe",
        lit=False,
        colour=(0.1, 1.0, 0.4),
    )
    vertices, triangles, normals, uv = shapes.quad(24, 24)
    dots = tuple(
        Mesh(
            vertices,
            triangles,
            normals,
            CAMERA,
            shapes.at(60 + 30 * (i % 3), 40 - 30 * (i // 3), -400),
            Material(look="disc", colour=(1.0, 0.2 * i, 0.0)),
            uv=uv,
        )
        for i in range(6)
    )
    bar = shapes.quad(160, 8)
    look = Material(look="stroke", colour=(1.0, 1.0, 1.0))
    pose = shapes.at(60, -70, -400, (0.0, 0.0, 0.25))
    return wires, *dots, Mesh(*bar[:3], CAMERA, pose, look, uv=bar[3])


def hidden():
    region = np.array([(60, 20), (150, 30), (170, 110), (110, 140), (50, 100)], np.float32)
    return *shaded(), Effect("blur", region)


def frosted():
    return *shaded(), Effect("blur")


SCENES = {f.__name__: f for f in (shaded, soft, textured, drawn, hidden, frosted)}
SAMPLES = {"plain": 0, "multisampled": 4}


def draw(context, layers, samples):
    renderer = Renderer(context, samples=samples)
    picture = renderer.render(shapes.scene(shapes.waves(*SIZE), *layers))
    renderer.close()
    return picture


def differs(picture, golden):
    """Return how much too different two pictures are: 1 is just tolerable."""
    difference = np.abs(picture.astype(int) - golden)
    return max(difference.mean() / MEAN, (difference > MOST).mean() / SHARE)


def path(name, how):
    return FOLDER / f"{name}_{how}.png"


def read(file):
    picture = cv2.imread(str(file))
    assert picture is not None, f"{file} is missing"
    return picture[..., ::-1]


@pytest.mark.parametrize("how", SAMPLES)
@pytest.mark.parametrize("name", SCENES)
def test_a_scene_looks_as_it_did(context: Context, tmp_path, name, how):
    picture = draw(context, SCENES[name](), SAMPLES[how])

    excess = differs(picture, read(path(name, how)))
    if excess > 1:
        cv2.imwrite(str(tmp_path / f"{name}.png"), picture[..., ::-1])
        pytest.fail(f"{excess:.1f} times the tolerance: {tmp_path / name}.png, {path(name, how)}")


def test_the_comparison_notices_a_shift_by_a_pixel_and_a_change_of_material(context: Context):
    golden = read(path("shaded", "plain"))
    (mesh,) = shaded()

    one_pixel = 330 / CAMERA.focal
    moved = draw(context, shaded(shift=one_pixel), 0)
    matt = ball(mesh.camera_from_mesh, colour=(0.7, 0.4, 0.3), specular=0.3, exponent=24.0)

    assert differs(moved, golden) > 1
    assert differs(draw(context, (matt,), 0), golden) > 1


def write_all():
    """Draw all golden pictures anew."""
    with offscreen() as context:
        for name, layers in SCENES.items():
            for how, samples in SAMPLES.items():
                picture = draw(context, layers(), samples)
                cv2.imwrite(str(path(name, how)), picture[..., ::-1])


if __name__ == "__main__":
    write_all()
