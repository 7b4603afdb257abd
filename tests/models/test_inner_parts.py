import numpy as np

from livemask.models.inner_parts import inner_parts
from tests.heads import shipped


def found(landmarks=None):
    model = shipped()
    marks = model.landmark_vertices if landmarks is None else landmarks
    return inner_parts(model.mean, model.triangles, marks)


def test_eyeballs_are_found_and_nothing_else_is_taken_for_one():
    assert np.array_equal(found()["eyes"], shipped().parts["eyes"])


def test_teeth_and_tongue_in_pieces_of_their_own_are_of_the_mouth():
    model = shipped()
    expected = np.union1d(model.parts["teeth"], model.parts["tongue"])
    assert np.array_equal(found()["mouth"], expected)


def test_each_vertex_is_in_one_part():
    together = np.concatenate(list(found().values()))
    assert np.array_equal(np.sort(together), np.arange(len(shipped().mean)))


def test_without_eyes_and_lips_all_is_skin():
    landmarks = np.full(68, -1)
    assert len(found(landmarks)["skin"]) == len(shipped().mean)


def test_without_lips_eyeballs_are_found_still():
    landmarks = shipped().landmark_vertices.copy()
    landmarks[48:] = -1
    assert len(found(landmarks)["mouth"]) == 0
    assert np.array_equal(found(landmarks)["eyes"], shipped().parts["eyes"])
