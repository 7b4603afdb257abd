import numpy as np
import pytest

from livemask.records import Effect, Material, Mesh
from livemask.render.renderer import Renderer
from tests.render import shapes
from tests.render.test_golden import CAMERA, SIZE

REGION = np.array([(60, 30), (200, 30), (200, 140), (60, 140)], np.float32)


def ball(x, look="locks", **fields):
    vertices, triangles, normals, uv = shapes.sphere(60.0, 32, 17)
    material = Material(look, colour=(0.7, 0.3, 0.2))
    pose = shapes.at(x, 0, -330)
    return Mesh(vertices, triangles, normals, CAMERA, pose, material, uv=uv, **fields)


def soft(x):
    count = len(shapes.sphere(60.0, 32, 17)[0])
    return ball(x, alpha=np.full(count, 0.5, np.float32))


@pytest.mark.parametrize("first", [ball(0), soft(0), ball(0, "shaded")])
def test_a_blur_lies_behind_what_is_drawn_after_it(renderer: Renderer, first):
    image = shapes.noise(*SIZE)
    layers = Effect("blur", REGION), first, soft(40), ball(-30)

    picture = renderer.render(shapes.scene(image, *layers)).astype(int)

    # What lies below it is drawn first, and handed on as a picture: nothing can be put off.
    below = renderer.render(shapes.scene(image, layers[0]))
    assert np.abs(picture - renderer.render(shapes.scene(below, *layers[1:]))).max() <= 1


def test_a_blur_over_a_mesh_blurs_it_though_opaque_ones_follow(renderer: Renderer):
    image = shapes.plain(*SIZE)

    bare = renderer.render(shapes.scene(image, ball(0)))
    picture = renderer.render(shapes.scene(image, ball(0), Effect("blur", REGION), ball(300)))

    middle = np.s_[70:90, 110:130]
    assert picture[middle].mean() < 0.9 * bare[middle].mean()


def test_a_blur_before_which_nothing_is_drawn_is_laid_all_the_same(renderer: Renderer):
    image = shapes.noise(*SIZE)

    picture = renderer.render(shapes.scene(image, ball(0), Effect("blur", REGION)))

    assert picture[40:130, 80:180].astype(float).std() < 40  # noise has 74
