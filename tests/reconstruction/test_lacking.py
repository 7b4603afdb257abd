"""Models without all 68 points: what needs the points is refused by name, all else is made."""

import json
from dataclasses import replace

import numpy as np
import pytest
import trimesh

from livemask.errors import ModelError
from livemask.reconstruction.form import OUTPUTS, Form
from livemask.reconstruction.lacking import check_face, lacking
from livemask.reconstruction.layout import SPAN, layout_of
from livemask.reconstruction.reconstruction import Reconstruction
from tests.heads import shipped
from tests.reconstruction.people import person

FORM = Form(texture_size=256)


def without(*points):
    marks = shipped().landmark_vertices.copy()
    marks[np.r_[points]] = -1
    return replace(shipped(), landmark_vertices=marks)


def test_all_that_needs_no_points_is_made_of_a_model_without_brows(tmp_path):
    made = Reconstruction(replace(person().portrayal, model=without(slice(17, 27))))
    possible = [name for name in OUTPUTS if name not in ("kpt", "mat")]
    files = made.save(tmp_path, "anna", possible, FORM)
    assert all(file.stat().st_size > 0 for file in files)
    assert len(trimesh.load(tmp_path / "anna.obj").faces) == len(shipped().triangles)
    told = json.loads((tmp_path / "anna.json").read_text())
    assert [i for i, point in enumerate(told["points_px"]) if point is None] == list(range(17, 27))
    assert len(told["points_mm"][30]) == 3


@pytest.mark.parametrize("output", ["kpt", "mat"])
def test_what_needs_the_points_is_refused_by_name_before_anything_is_written(tmp_path, output):
    made = Reconstruction(replace(person().portrayal, model=without(slice(60, 68))))
    with pytest.raises(ModelError, match=rf"{output} cannot .* lacks \(60, 61"):
        made.save(tmp_path, "anna", ["json", output])
    assert list(tmp_path.iterdir()) == []


def test_the_crop_needs_five_of_them():
    assert list(lacking(without(slice(0, 17)), ["crop", "kpt", "obj"])) == ["kpt"]
    assert lacking(without(30), ["crop"])["crop"].tolist() == [30]


@pytest.mark.parametrize("points", [slice(0, 17), slice(36, 48), slice(0, 68)])
def test_whatever_points_are_missing_the_texture_has_a_layout(points):
    layout = layout_of(without(points))
    assert np.ptp(layout.uv[layout.triangles], axis=1).max() < SPAN
    face = layout.uv[np.flatnonzero(shipped().face_weight > 0.5)]
    assert np.prod(np.ptp(face, axis=0)) > 0.25


def test_a_model_of_which_nobody_knows_where_its_face_is_is_refused():
    check_face(shipped())
    with pytest.raises(ModelError, match="where its face ends"):
        check_face(replace(shipped(), face_weight=np.zeros_like(shipped().face_weight)))
