"""Two eyes that look somewhere, drawn with a few shapes."""

from functools import lru_cache

import cv2
import numpy as np

from livemask.geometry import project
from livemask.landmarks import LEFT_EYE, RIGHT_EYE
from livemask.records import Camera, Float64, UInt8
from tests.heads import seen_landmarks, shipped

CAMERA = Camera.from_field_of_view((640, 480))
IRIS = 5.8  # mm
SKIN, WHITE, PUPIL = (205, 160, 135), (190, 180, 175), (15, 12, 12)


def landmarks(pose: Float64) -> Float64:
    """Return the 68 points (68, 2) px of the mean face."""
    model = shipped()
    none = np.zeros(len(model.identity)), np.zeros(len(model.expressions))
    return seen_landmarks(model, CAMERA, pose, *none)


def iris_at(pose: Float64, left: bool, left_by: float, up_by: float) -> Float64:
    """Return where an iris is, (2,) px, if the eye looks so many degrees past straight ahead."""
    model = shipped()
    eyes = model.parts["eyes"]
    ball = model.mean[eyes[(model.mean[eyes, 0] > 0.0) == left]].astype(np.float64)
    middle, radius = 0.5 * (ball.min(axis=0) + ball.max(axis=0)), 0.5 * np.ptp(ball[:, 1])
    aside = np.radians(left_by + (6.5 if left else -6.5))  # where irises of eyes ahead are seen
    up = np.radians(up_by + 8.0)
    ahead = np.array([np.sin(aside) * np.cos(up), np.sin(up), np.cos(aside) * np.cos(up)])
    return np.asarray(project(CAMERA, pose, (middle + 0.93 * radius * ahead)[None])[0])


def picture(
    pose: Float64, look: tuple[float, float], colour: tuple[int, int, int] = (60, 40, 30)
) -> UInt8:
    """Return a face of bare skin whose eyes look by degrees to its left and up."""
    return _picture(tuple(pose.ravel().tolist()), look, colour)


@lru_cache(maxsize=8)
def _picture(
    pose: tuple[float, ...], look: tuple[float, float], colour: tuple[int, int, int]
) -> UInt8:
    camera_from_head = np.array(pose).reshape(4, 4)
    image = np.full((480, 640, 3), SKIN, np.uint8)
    points, scale = landmarks(camera_from_head), CAMERA.focal / -camera_from_head[2, 3]
    for left, eye in ((False, RIGHT_EYE), (True, LEFT_EYE)):
        opening, eyeball = np.zeros((480, 640), np.uint8), np.full_like(image, WHITE)
        cv2.fillPoly(opening, [np.round(16 * points[eye]).astype(np.int32)], 255, 8, 4)
        at = tuple(round(16 * c) for c in iris_at(camera_from_head, left, *look))
        for inside, radius in ((colour, IRIS), (PUPIL, 0.4 * IRIS)):
            cv2.circle(eyeball, at, round(16 * radius * scale), inside, -1, cv2.LINE_AA, 4)
        image = np.where(opening[..., None] > 0, eyeball, image)
    return np.asarray(cv2.GaussianBlur(image, (0, 0), 1.0), np.uint8)
