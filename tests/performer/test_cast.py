import numpy as np
import pytest

from livemask.performer.cast import LIDS, cast


def lid_gaps(person, blink):
    expression = np.zeros(len(person.expression_names))
    for side in LIDS:
        expression[person.expression_names.index(f"eyeBlink{side}")] = blink
    points = person.vertices(np.zeros(0), expression)[person.landmark_vertices]
    return [
        float(np.mean(points[list(upper), 1] - points[list(lower), 1]))
        for upper, lower in LIDS.values()
    ]


@pytest.mark.parametrize("seed", range(12))
def test_everybody_can_close_their_eyes(model, seed):
    person = cast(model, seed)
    assert min(lid_gaps(person, 0.0)) > 4.0
    assert np.abs(lid_gaps(person, 1.0)).max() < 1.5


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_model_cannot_make_the_performer_exactly(model, seed):
    face = model.face_weight > 0.5
    basis = model.identity[:, face].reshape(len(model.identity), -1).T.astype(np.float64)
    wanted = (cast(model, seed).mean - model.mean)[face].ravel().astype(np.float64)
    rest = wanted - basis @ np.linalg.lstsq(basis, wanted, rcond=None)[0]
    assert np.linalg.norm(rest.reshape(-1, 3), axis=1).mean() > 0.1


def test_seeds_are_different_people(model):
    faces = [cast(model, seed).mean for seed in range(4)]
    for i, face in enumerate(faces):
        for other in faces[:i]:
            assert np.linalg.norm(face - other, axis=1).mean() > 0.5


def test_the_shipped_model_is_left_as_it_was(model):
    before = model.expressions.copy()
    cast(model, 3)
    assert (model.expressions == before).all()
