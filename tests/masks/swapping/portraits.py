"""A photo of the shipped head, red on its right and blue on its left, whose fit is known."""

from functools import lru_cache

import numpy as np

from livemask.records import Camera, Mesh, Scene
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from livemask.wardrobe import Portrait
from tests.heads import shipped
from tests.masks import tiny

SIZE = (480, 400)


@lru_cache(maxsize=1)
def portrait() -> Portrait:
    """Return the portrait, drawn once."""
    model, camera = shipped(), Camera.from_field_of_view(SIZE)
    fit = tiny.fit(model, tiny.pose(place=(0, 0, -420)), camera)
    colours = np.where(model.mean[:, :1] < 0, (0.5, 0.2, 0.2), (0.2, 0.2, 0.5)).astype(np.float32)
    vertices = model.vertices(fit.identity, fit.expression)
    head = Mesh(
        vertices, model.triangles, model.normals(vertices), camera, fit.camera_from_head,
        colours=colours,
    )  # fmt: skip
    frame = tiny.frame(tiny.plain((90, 90, 90), SIZE), size=SIZE)
    with offscreen() as context:
        renderer = Renderer(context, samples=0)
        image = renderer.render(Scene(frame, (), (head,), tiny.LIGHT))
        renderer.close()
    return Portrait(model, tiny.frame(np.ascontiguousarray(image[..., :3])), fit)
