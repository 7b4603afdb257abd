"""The compiled loops against dlib itself and against plain numpy."""

import cv2
import dlib
import numpy as np
import pytest

from livemask.detectors.dlib68 import create, default_landmarks
from livemask.detectors.trees.descent import GREY, predict
from livemask.detectors.trees.reading import read
from livemask.records import Frame
from tests.detectors.drawn_face import drawn_face
from tests.detectors.trees.written import Drawn


def smooth_picture(seed, size=(320, 240)):
    noise = np.random.default_rng(seed).normal(size=(size[1], size[0], 3)).astype(np.float32)
    blurred = cv2.GaussianBlur(noise, (0, 0), 15.0)
    return np.clip(128.0 + 50.0 * blurred / blurred.std(), 0, 255).astype(np.uint8)


def twin(image, image_from_box, drawn, start=None):
    """Return the points as the paper's algorithm 1 has them."""
    grey = image @ np.array(GREY) / 256.0
    mean = drawn.start - drawn.start.mean(0)
    shape = drawn.start.copy() if start is None else start.copy()
    for anchors, places, rules, thresholds, leaves in zip(
        drawn.anchors, drawn.places, drawn.rules, drawn.thresholds, drawn.leaves, strict=True
    ):
        centred = shape - shape.mean(0)
        best = np.linalg.lstsq(
            np.block([[mean[:, :1], -mean[:, 1:]], [mean[:, 1:], mean[:, :1]]]),
            centred.T.ravel(),
            rcond=None,
        )[0]
        turn = np.array([[best[0], -best[1]], [best[1], best[0]]])
        at = (shape[anchors] + places @ turn.T) @ image_from_box[:, :2].T + image_from_box[:, 2]
        at = np.clip(at, 0, np.array(grey.shape[::-1]) - 1)
        values = cv2.remap(
            grey.astype(np.float32), *at.T.astype(np.float32)[:, None], cv2.INTER_LINEAR
        ).ravel()
        for tree, limits, ends in zip(rules, thresholds, leaves, strict=True):
            i = 0
            while i < len(limits):
                first, second = values[tree[i]]
                i = 2 * i + (1 if round(first) - round(second) > limits[i] else 2)
            shape += ends[i - len(limits)].reshape(-1, 2)
    return shape @ image_from_box[:, :2].T + image_from_box[:, 2]


@pytest.mark.parametrize("seed", range(6))
def test_points_are_those_of_the_published_algorithm(tmp_path, seed):
    drawn = Drawn.of(seed, cascades=3, trees=8, branches=7, places=60)
    file = tmp_path / "trees.dat"
    file.write_bytes(drawn.file())
    angle = 0.2 * seed
    turn = 90.0 * np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    to_image = np.column_stack([turn, [80.0, 90.0]])  # partly beyond the border
    image = smooth_picture(seed)
    ours, expected = predict(image, to_image, read(file)), twin(image, to_image, drawn)
    # Where two places are as bright as the threshold tells, a tree may go the other way.
    assert np.median(np.abs(ours - expected)) < 0.02
    assert np.abs(ours - expected).max() < 5.0


def test_points_may_begin_elsewhere_than_at_the_means(tmp_path):
    drawn, file = Drawn.of(2, cascades=3, trees=8, branches=7, places=60), tmp_path / "trees.dat"
    file.write_bytes(drawn.file())
    turn = 90.0 * np.array([[np.cos(0.3), np.sin(0.3)], [-np.sin(0.3), np.cos(0.3)]])
    to_image = np.column_stack([turn, [80.0, 90.0]])
    image, start = smooth_picture(2), drawn.start * (0.7, 1.1) + (0.1, -0.1)
    begun = start @ turn.T + to_image[:, 2]
    ours, expected = (
        predict(image, to_image, read(file), begun),
        twin(image, to_image, drawn, start),
    )
    assert np.median(np.abs(ours - expected)) < 0.02
    assert np.abs(ours - predict(image, to_image, read(file))).max() > 5.0


def test_what_dlib_writes_is_what_the_tests_write(tmp_path):
    drawn, file = Drawn.of(4), tmp_path / "trees.dat"
    file.write_bytes(drawn.file())
    image, box = smooth_picture(4), dlib.rectangle(60, 40, 240, 220)
    shape = dlib.shape_predictor(str(file))(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), box)
    theirs = np.array([(p.x, p.y) for p in shape.parts()], np.float64)
    ours = predict(image, np.array([[180.0, 0.0, 60.0], [0.0, 180.0, 40.0]]), read(file))
    assert np.median(np.abs(ours - theirs)) < 0.5


def test_points_of_a_drawn_face_are_dlibs_but_for_its_rounding():
    image = drawn_face()
    box = dlib.rectangle(215, 160, 424, 369)
    shape = dlib.shape_predictor(str(default_landmarks()))(
        cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), box
    )
    theirs = np.array([(p.x, p.y) for p in shape.parts()], np.float64)
    ours = create().detect(Frame(image, 0.0, 0), np.array([215.0, 160.0, 424.0, 369.0]))
    assert np.abs(ours - theirs).mean() < 0.01 * 209


def test_pictures_of_every_memory_layout_give_the_same_points(tmp_path):
    file = tmp_path / "trees.dat"
    file.write_bytes(Drawn.of(1).file())
    trees, to_image = read(file), np.array([[90.0, 0.0, 60.0], [0.0, 90.0, 40.0]])
    image = smooth_picture(1)
    points = predict(image, to_image, trees)
    wide = np.dstack([image, image])[:, :, :3]
    assert np.array_equal(predict(wide, to_image, trees), points)
    assert image.flags.writeable


def test_beyond_the_border_the_picture_goes_on(tmp_path):
    file = tmp_path / "trees.dat"
    file.write_bytes(Drawn.of(2).file())
    trees, image = read(file), smooth_picture(2)
    wider = cv2.copyMakeBorder(image, 50, 50, 50, 50, cv2.BORDER_REPLICATE)
    to_image = np.array([[120.0, 0.0, -40.0], [0.0, 120.0, 150.0]])
    moved = to_image + np.array([[0.0, 0.0, 50.0], [0.0, 0.0, 50.0]])
    assert predict(wider, moved, trees) - 50.0 == pytest.approx(
        predict(image, to_image, trees), abs=1e-4
    )
