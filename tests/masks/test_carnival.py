import numpy as np

from livemask.masks import carnival
from livemask.masks.painting.layout import painting_uv
from livemask.masks.painting.picture import picture_of
from livemask.models import head
from livemask.resources import resource
from tests.masks import tiny


def worn(**options):
    model = head.create()
    fit = tiny.fit(model, tiny.pose((0.0, 0.2, 0.0), (0, 0, -400)))
    return model, carnival.create(**options).layers(model, fit, tiny.frame(), tiny.LIGHT, 0.0)


def test_what_is_painted_is_drawn_and_little_else():
    model, (mesh,) = worn()
    image = picture_of(resource("assets/paint/carnival.webp")).image()
    side = np.array(image.shape[1::-1]) - 1
    column, row = np.rint(painting_uv(model) * side).astype(int).T
    skin = np.zeros(len(model.mean), bool)
    skin[model.parts["skin"]] = True
    painted = painting_uv(model)[skin & (image[row, column, 3] == 255)]

    drawn = mesh.uv[np.unique(mesh.triangles)]

    assert (drawn.min(0) <= painted.min(0) + 0.01).all()
    assert (drawn.max(0) >= painted.max(0) - 0.01).all()
    assert len(mesh.triangles) < 0.25 * len(model.triangles)


def test_teeth_are_the_models_if_asked():
    assert len(worn(mouth="model")[1]) == 2
