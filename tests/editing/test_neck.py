import numpy as np

from livemask.editing.neck import neck_share
from livemask.landmarks import CHIN
from tests.heads import shipped


def test_the_face_turns_and_the_lower_end_of_the_neck_stays():
    model = shipped()
    share = neck_share(model, model.mean.astype(np.float64))
    assert share[model.face_weight > 0.9].max() < 0.1
    assert share[model.landmark_vertices[CHIN]] == 0.0
    skin = model.parts["skin"]
    assert share[skin[model.mean[skin, 1] < model.mean[skin, 1].min() + 5.0]].min() == 1.0


def test_it_begins_higher_where_the_underside_of_the_chin_is_meant_too():
    model = shipped()
    points = model.mean.astype(np.float64)
    late, early = neck_share(model, points), neck_share(model, points, early=True)
    assert (early >= late).all()
    assert (early > 0.0).sum() > (late > 0.0).sum()
