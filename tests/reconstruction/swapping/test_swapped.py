"""A face in another photo, where both are known to the last number."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from livemask.errors import UsageError
from livemask.landmarks import LEFT_BROW, LEFT_EYE, NOSE_BASE, OUTER_LIPS, RIGHT_BROW, RIGHT_EYE
from livemask.reconstruction import views
from livemask.reconstruction.swapping.swapped import Wish, swapped
from livemask.records import Frame
from tests.reconstruction.swapping import pairs

WHOLE = (0, 0, *pairs.SIZE)


def error(image, other, where):
    return np.abs(image.astype(int) - other)[where].mean()


def widened(mask, by):
    return cv2.dilate(mask.astype(np.uint8), np.ones((2 * by + 1, 2 * by + 1))) > 0


@pytest.fixture(scope="module")
def made():
    return swapped(pairs.target().frame.image, pairs.source(), pairs.target())


def test_beside_the_face_not_one_bit_changes(made):
    changed = (made != pairs.target().frame.image).any(axis=2)
    face = pairs.face_of(pairs.target())
    assert changed[face].mean() > 0.7
    assert not changed[~widened(face, 1)].any()


def test_the_face_is_the_other_persons_in_the_light_and_tone_of_the_photo(made):
    """The source is darker, lit from the front, and turned to the other side."""
    target, source = pairs.target(), pairs.source()
    truth = views.pasted(
        target.frame.image,
        pairs.drawn(target.fit, pairs.albedo(pairs.LIPS), target.light),
        WHOLE,
    )
    unlit = views.pasted(
        target.frame.image, pairs.drawn(target.fit, source.albedo, source.light), WHOLE
    )
    lips = widened(np.abs(truth.astype(int) - target.frame.image).max(axis=2) > 20, 1)
    face = pairs.face_of(target, 0.9)
    skin = face & ~lips
    assert error(made, truth, skin) < 6.0
    assert error(unlit, truth, skin) > 30.0
    assert error(made, truth, lips) < 0.6 * error(target.frame.image, truth, lips)


def test_somebody_with_their_own_face_looks_as_before():
    target = pairs.target()
    same = swapped(target.frame.image, target, target)
    face = pairs.face_of(target, 0.9)
    assert error(same, target.frame.image, face) < 1.0
    assert np.percentile(np.abs(same.astype(int) - target.frame.image)[face], 99) < 10


def test_the_edge_is_no_seam(made):
    """What is added to the photo begins softly; the bare source would begin with a step."""
    target, source = pairs.target(), pairs.source()
    face = pairs.face_of(target, 0.3)
    head = pairs.face_of(replace(target, model=pairs.whole()))
    rim = widened(face, 2) & widened(~face, 2) & ~widened(~head, 5)

    def steps(image):
        added = image.mean(axis=2) - target.frame.image.mean(axis=2)
        along = (cv2.Sobel(added, -1, i, 1 - i, scale=0.125) for i in (0, 1))
        return np.percentile(cv2.magnitude(*along)[rim], 90)

    bare = pairs.drawn(target.fit, source.albedo, source.light)
    bare[..., 3] = 255 * face
    assert steps(views.pasted(target.frame.image, bare, WHOLE)) > 2.0
    assert steps(made) < 0.4 * steps(views.pasted(target.frame.image, bare, WHOLE))


@pytest.mark.parametrize("side", ["left", "top", "right", "bottom"])
def test_a_face_that_a_border_cuts_is_as_in_the_whole_photo(made, side):
    target = pairs.target()
    width, height = pairs.SIZE
    middle = np.median(np.argwhere(pairs.face_of(target, 0.5)), axis=0).astype(int)
    left, top, right, bottom = {
        "left": (middle[1] - 20, 0, width, height),
        "top": (0, middle[0] - 20, width, height),
        "right": (0, 0, middle[1] + 20, height),
        "bottom": (0, 0, width, middle[0] + 20),
    }[side]
    box = (int(left), int(top), int(right), int(bottom))
    part = np.ascontiguousarray(target.frame.image[top:bottom, left:right])
    fit = replace(target.fit, camera=views.part_of(target.fit.camera, box))
    cut = replace(
        target, frame=Frame(part, 0.0, 0), fit=fit, landmarks=target.landmarks - (left, top)
    )
    found = swapped(part, pairs.source(), cut)
    expected, face = made[top:bottom, left:right], pairs.face_of(cut, 0.5)
    assert found.shape == part.shape
    assert error(found, expected, face) < 4.0
    assert (found != part).any(axis=2)[face].mean() > 0.7
    assert not (found != part).any(axis=2)[~widened(pairs.face_of(cut), 1)].any()


PARTS = {
    "eyes": (RIGHT_BROW, LEFT_BROW, RIGHT_EYE, LEFT_EYE),
    "nose": (slice(27, 31), NOSE_BASE),
    "mouth": (OUTER_LIPS,),
}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_changes_nothing_but_itself(part):
    target = pairs.target()
    image = swapped(target.frame.image, pairs.source(), target, Wish((part,)))
    changed = (image != target.frame.image).any(axis=2)
    points = np.concatenate([target.landmarks[line] for line in PARTS[part]])
    near = np.zeros(changed.shape, np.uint8)
    cv2.fillConvexPoly(near, cv2.convexHull(np.rint(points).astype(np.int32)), 1)
    scale = target.fit.camera.focal / 330.0  # px per mm
    assert changed[near > 0].mean() > 0.5
    assert not changed[~widened(near, round(20.0 * scale))].any()


def test_several_parts_are_each_of_them_together():
    target, wish = pairs.target(), Wish(("mouth", "nose"))
    both = swapped(target.frame.image, pairs.source(), target, wish) != target.frame.image
    for part in wish.parts:
        one = swapped(target.frame.image, pairs.source(), target, Wish((part,)))
        assert both[(one != target.frame.image).any(axis=2)].any(axis=1).mean() > 0.9


def test_eyes_are_the_photos_own_unless_the_others_are_asked_for():
    target = pairs.target()
    green = pairs.source().frame.image.copy()
    hull = np.rint(pairs.source().landmarks[36:42]).astype(np.int32)
    cv2.fillConvexPoly(green, cv2.convexHull(hull), (0, 255, 0))
    source = replace(pairs.source(), frame=Frame(green, 0.0, 0))
    middle = np.rint(target.landmarks[36:42].mean(axis=0)).astype(int)[::-1]
    own = swapped(target.frame.image, source, target)[tuple(middle)].astype(int)
    others = swapped(target.frame.image, source, target, Wish(eyes="source"))[tuple(middle)]
    assert np.abs(own - target.frame.image[tuple(middle)]).max() < 25
    assert others[1] > 1.5 * max(others[0], others[2])


def test_hair_of_the_source_does_not_come_along_and_hair_of_the_photo_stays():
    fringes = []
    for given in (pairs.source(), pairs.target()):
        image = given.frame.image.copy()
        brows = given.landmarks[17:27, 1].min() - 0.06 * np.ptp(given.landmarks[:, 1])
        image[: int(brows)] = (20, 15, 10)
        fringes.append(replace(given, frame=Frame(image, 0.0, 0)))
    dark, bare = fringes[0], pairs.target()
    face = pairs.face_of(bare, 0.3)
    hairless = swapped(bare.frame.image, dark, bare)
    assert (hairless[face].mean(axis=1) < 30).mean() < (
        bare.frame.image[face].mean(1) < 30
    ).mean() + 0.01
    kept = swapped(fringes[1].frame.image, pairs.source(), fringes[1])
    fringe = (fringes[1].frame.image == (20, 15, 10)).all(axis=2)
    assert error(kept, fringes[1].frame.image, fringe & face) < 3.0


def test_what_the_source_does_not_show_is_its_mirror_image():
    """Half of the source is hidden by its turn: the far cheek has the near one's colour."""
    turned = pairs.photo(pairs.albedo(), pairs.light(pairs.FRONT), turn=(0.0, 42.0, 0.0), seed=8)
    ahead = pairs.photo(pairs.albedo(), pairs.light(pairs.FRONT))
    made = swapped(ahead.frame.image, turned, ahead)
    assert error(made, ahead.frame.image, pairs.face_of(ahead, 0.9)) < 8.0


def test_what_cannot_be_taken_over_is_refused():
    with pytest.raises(UsageError, match="no part 'ears'"):
        Wish(("ears",))
    with pytest.raises(UsageError, match="eyes='nobody' must be source or target"):
        Wish(eyes="nobody")
