"""Every mask as it is drawn where faces are seldom: at the border, tiny, very near, in profile."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from livemask import plugins
from livemask.hiding import head_outline
from livemask.records import Scene
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from livemask.wardrobe import Wardrobe
from tests.heads import shipped
from tests.masks import tiny
from tests.masks.swapping.portraits import portrait

NAMES = sorted({*plugins.ready("masks")} - {"none"})
PHOTOS = ["swap,photo=", "part,eyes=", "part,nose=", "part,mouth="]
"""Masks that wear one."""

POSES = {
    "half out of the picture": tiny.pose((0, -0.2, 0), (250, 40, -480)),
    "40 px wide": tiny.pose(place=(60, 0, -730)),
    "filling the picture": tiny.pose(place=(0, 0, -240)),
    "turned by 60 degrees": tiny.pose((0, 1.05, 0), (10, 0, -520)),
}
LEAST = 0.003
"""Share of the head that even thin lines change."""

ABOVE = {"hat", "horns"}
"""Masks that are out of the picture with the top of the head."""

FAR = 3.0
"""Times the head's outline: beyond, no mask has anything to do."""


@pytest.fixture(scope="module")
def draw(masks):
    """Return a function that draws layers, as (h, w, 3) int."""

    def drawn(layers):
        frame = tiny.frame()
        return renderer.render(Scene(frame, (), tuple(layers), tiny.LIGHT)).astype(int)

    with offscreen() as context:
        renderer = Renderer(context, samples=0)
        yield drawn
        renderer.close()


@pytest.fixture(scope="module")
def masks(tmp_path_factory):
    photo = tmp_path_factory.mktemp("photo") / "me.jpg"
    photo.write_bytes(b"opened by whoever fits it")
    made = {text: plugins.create("masks", f"{text}{photo}") for text in PHOTOS}
    for mask in made.values():
        mask.develop(lambda _path, _person: portrait())
    return made | {name: plugins.create("masks", name) for name in NAMES}


def layers_of(mask, fit):
    return mask.layers(shipped(), fit, tiny.frame(), tiny.LIGHT, 0.0)


def within(fit, times):
    """Return (h, w) whether a pixel is within so many times the head's outline."""
    inside = np.zeros(tiny.SIZE[::-1], np.uint8)
    cv2.fillPoly(inside, [np.rint(head_outline(fit, times)).astype(np.int32)], 1)
    return inside > 0


@pytest.mark.parametrize("name", [*NAMES, *PHOTOS])
def test_a_mask_changes_the_face_wherever_it_is_and_nothing_far_from_it(draw, masks, name):
    for pose, camera_from_head in POSES.items():
        fit = tiny.fit(shipped(), camera_from_head, jawOpen=0.4)

        changed = (draw(layers_of(masks[name], fit)) != tiny.frame().image).any(-1)

        if not (name in ABOVE and pose == "filling the picture"):
            assert changed[within(fit, 1.0)].mean() > LEAST, pose
        if not getattr(masks[name], "fills", False):
            assert not changed[~within(fit, FAR)].any(), pose


@pytest.mark.parametrize("name", [*NAMES, *PHOTOS])
def test_a_mask_on_a_face_outside_of_the_picture_is_not_seen(draw, masks, name):
    if getattr(masks[name], "fills", False):
        return
    fit = tiny.fit(shipped(), tiny.pose(place=(2000, 0, -480)))

    assert (draw(layers_of(masks[name], fit)) == tiny.frame().image).all()


def test_masks_are_worn_over_one_another(draw):
    fit = tiny.fit(shipped())
    tiger, lines, both = (
        draw(layer for mask in Wardrobe.of(texts).masks(0) for layer in layers_of(mask, fit))
        for texts in (["tiger"], ["wireframe"], ["tiger", "wireframe"])
    )

    drawn = (lines != tiny.frame().image).any(-1)
    assert (both != tiger).any(-1)[drawn].mean() > 0.5
    assert (both[~drawn] == tiger[~drawn]).all()


def test_glasses_lie_over_a_painted_face_and_go_behind_its_nose(draw):
    fit = tiny.fit(shipped(), tiny.pose((0, 0.6, 0), (0, 0, -320)))
    tiger, glasses, both, turned_about = (
        draw(layer for mask in Wardrobe.of(texts).masks(0) for layer in layers_of(mask, fit))
        for texts in (["tiger"], ["glasses"], ["tiger", "glasses"], ["glasses", "tiger"])
    )
    bare = tiny.frame().image.astype(int)
    frame = np.abs(glasses - bare).max(-1) > 60  # the rims, not the lenses and the shadow

    assert frame.sum() > 100
    assert np.abs(both - glasses)[frame].mean() < 12
    assert (turned_about == both).all()  # or the bare face would be seen through the lenses
    untouched = (glasses == bare).all(-1)
    assert (both[untouched] == tiger[untouched]).all()


def test_each_of_two_faces_wears_its_own(draw):
    left = tiny.fit(shipped(), tiny.pose(place=(-130, 0, -700)))
    right = replace(tiny.fit(shipped(), tiny.pose(place=(130, 0, -700))), id=1)
    wardrobe = Wardrobe.of(["tiger,face=0", "gold,face=1"])

    worn = [layers_of(mask, fit) for fit in (left, right) for mask in wardrobe.masks(fit.id)]
    both = draw([*worn[0], *worn[1]])

    middle = tiny.SIZE[0] // 2
    tiger, gold = (draw(layers_of(plugins.create("masks", n), f)) for n, f in
                   (("tiger", left), ("gold", right)))  # fmt: skip
    assert (both[:, :middle] == tiger[:, :middle]).all()
    assert (both[:, middle:] == gold[:, middle:]).all()
