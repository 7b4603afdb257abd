import numpy as np

from livemask.detectors import dlib68
from livemask.geometry import project
from livemask.landmarks import eye_distance
from livemask.morphable_model import fit_landmarks
from livemask.reconstruction.still import fit_still
from livemask.records import Frame
from tests.detectors.drawn_face import drawn_face
from tests.heads import shipped


def test_the_fit_of_a_still_meets_the_points():
    frame = Frame(drawn_face((640, 480), (330, 240), 200.0), 0.0, 0)
    detector = dlib68.create()
    fit = fit_still(frame, shipped(), detector)
    shown = project(fit.camera, fit.camera_from_head, fit_landmarks(shipped(), fit))
    assert fit.residual < 0.06 * eye_distance(shown)
    assert fit_still(Frame(np.zeros((200, 200, 3), np.uint8), 0.0, 0), shipped(), detector) is None
