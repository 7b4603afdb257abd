import csv

import numpy as np
import pytest

from livemask.errors import SinkError, UsageError
from livemask.geometry import rotation_matrix
from livemask.records import State
from livemask.sinks.csv import create, openface_angles
from tests.sinks.faces import CAMERA, make_fit, make_model
from tests.sinks.films import output


def write(file, frames, model):
    """Write frames, each a tuple of fits, and return the rows as dictionaries."""
    sink = create(file)
    for i, fits in enumerate(frames):
        sink.send(output(None, i / 25, i, fits, model))
    sink.close()
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def numbers(row, *names):
    return np.array([float(row[name]) for name in names])


def test_the_columns_are_those_of_openface_and_the_expressions(tmp_path):
    (row,) = write(tmp_path / "a.csv", [()], make_model())
    assert list(row) == [
        *("frame", "face_id", "timestamp", "confidence", "success"),
        *("pose_Tx", "pose_Ty", "pose_Tz", "pose_Rx", "pose_Ry", "pose_Rz"),
        *(f"x_{i}" for i in range(68)),
        *(f"y_{i}" for i in range(68)),
        *("jawOpen", "eyeBlinkLeft", "mouthSmileLeft"),
    ]


def test_frames_from_before_the_model_was_there_get_their_rows_too(tmp_path):
    sink, model = create(tmp_path / "a.csv"), make_model()
    for i in range(4):
        sink.send(output(None, i / 25, i, (), model if i > 1 else None))
    sink.close()
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["frame"] for row in rows] == ["0", "1", "2", "3"]
    assert {row["success"] for row in rows} == {"0"}


def test_a_face_into_the_camera_has_no_angles_and_a_position_in_front_of_it(tmp_path):
    (row,) = write(tmp_path / "a.csv", [(make_fit(),)], make_model())
    # ours: x right, y up, looking along -z; OpenFace's: x right, y down, z away
    assert numbers(row, "pose_Tx", "pose_Ty", "pose_Tz").tolist() == [30.0, 20.0, 600.0]
    assert numbers(row, "pose_Rx", "pose_Ry", "pose_Rz") == pytest.approx([0, 0, 0])
    assert (row["frame"], row["face_id"], row["success"]) == ("0", "3", "1")
    assert numbers(row, "timestamp", "confidence").tolist() == [0.0, 0.75]
    assert numbers(row, "jawOpen", "eyeBlinkLeft", "mouthSmileLeft").tolist() == [0.25, 0, 0.875]


@pytest.mark.parametrize(
    ("rotation", "expected"),
    [
        ((0.3, 0.0, 0.0), (0.3, 0.0, 0.0)),  # the nose goes down: pitch > 0
        ((0.0, -0.3, 0.0), (0.0, 0.3, 0.0)),  # to the subject's right: yaw > 0
        ((0.0, 0.0, -0.3), (0.0, 0.0, 0.3)),  # clockwise in the image: roll > 0
    ],
)
def test_signs_of_the_angles_are_those_of_openface(rotation, expected):
    matrix = rotation_matrix(np.array(rotation))
    assert openface_angles(matrix) == pytest.approx(expected)


def test_a_reader_who_follows_openface_finds_the_landmarks_again(tmp_path):
    random = np.random.default_rng(6)
    model = make_model()
    fits = [
        make_fit(random.uniform(-0.8, 0.8, 3), (*random.uniform(-90, 90, 2), -700.0))
        for _ in range(20)
    ]
    rows = write(tmp_path / "a.csv", [(fit,) for fit in fits], model)
    for row, fit in zip(rows, fits, strict=True):
        points = model.vertices(fit.identity, fit.expression)[:68] * [1, -1, -1]
        rx, ry, rz = numbers(row, "pose_Rx", "pose_Ry", "pose_Rz")
        rotation = about("x", rx) @ about("y", ry) @ about("z", rz)
        seen = points @ rotation.T + numbers(row, "pose_Tx", "pose_Ty", "pose_Tz")
        pixels = CAMERA.focal * seen[:, :2] / seen[:, 2:] + CAMERA.centre
        assert numbers(row, *(f"x_{i}" for i in range(68))) == pytest.approx(pixels[:, 0], abs=0.01)
        assert numbers(row, *(f"y_{i}" for i in range(68))) == pytest.approx(pixels[:, 1], abs=0.01)


def about(axis, angle):
    """Return the (3, 3) rotation of OpenFace about one axis."""
    c, s = np.cos(angle), np.sin(angle)
    return {
        "x": np.array([[1, 0, 0], [0, c, -s], [0, s, c]]),
        "y": np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]]),
        "z": np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]]),
    }[axis]


def test_every_frame_has_a_row_for_each_face_and_at_least_one(tmp_path):
    frames = [(), (make_fit(),), (make_fit(), make_fit()), (make_fit(state=State.LOST),)]
    rows = write(tmp_path / "a.csv", frames, make_model())
    assert [(row["frame"], row["success"]) for row in rows] == [
        ("0", "0"),
        ("1", "1"),
        ("2", "1"),
        ("2", "1"),
        ("3", "0"),
    ]
    assert [row["timestamp"] for row in rows][::4] == ["0.000000", "0.120000"]


def test_without_a_face_all_other_cells_are_empty(tmp_path):
    (row,) = write(tmp_path / "a.csv", [()], make_model())
    assert {name for name, cell in row.items() if cell} == {"frame", "timestamp", "success"}


def test_a_held_face_is_named_but_not_measured(tmp_path):
    (row,) = write(tmp_path / "a.csv", [(make_fit(state=State.HELD),)], make_model())
    assert row["success"] == "0"
    named = {"frame", "face_id", "timestamp", "success"}
    assert {name for name, cell in row.items() if cell} == named


def test_a_landmark_that_the_model_has_not_is_an_empty_cell(tmp_path):
    (row,) = write(tmp_path / "a.csv", [(make_fit(),)], make_model(unknown=[17, 60]))
    empty = {name for name, cell in row.items() if not cell}
    assert empty == {"x_17", "y_17", "x_60", "y_60"}


def test_a_face_behind_the_camera_leaves_no_nan(tmp_path):
    behind = make_fit(translation=(0.0, 0.0, 500.0))
    write(tmp_path / "a.csv", [(behind,)], make_model())
    assert "nan" not in (tmp_path / "a.csv").read_text("utf-8")


def test_rows_can_be_read_before_the_end(tmp_path):
    sink = create(tmp_path / "a.csv")
    for i in range(3):
        sink.send(output(None, i / 25, i, (), make_model()))
        assert len((tmp_path / "a.csv").read_text("utf-8").splitlines()) == i + 2
    sink.close()
    sink.close()


def test_without_a_frame_there_is_no_file(tmp_path):
    create(tmp_path / "a.csv").close()
    assert list(tmp_path.iterdir()) == []


def test_an_existing_table_is_refused_and_left_alone(tmp_path):
    (tmp_path / "a.csv").write_text("dear to me")
    with pytest.raises(UsageError, match="exists already"):
        create(tmp_path / "a.csv")
    create(tmp_path / "a.csv", overwrite=True).close()
    assert (tmp_path / "a.csv").read_text() == "dear to me"


def test_a_table_that_cannot_be_opened_any_more_is_one_error(tmp_path):
    folder = tmp_path / "gone"
    folder.mkdir()
    sink = create(folder / "a.csv")
    folder.rmdir()
    with pytest.raises(SinkError, match=r"a\.csv cannot be written: No such file"):
        sink.send(output(None, model=make_model()))
    sink.close()


def test_it_needs_no_pictures(tmp_path):
    sink = create(tmp_path / "a.csv", live=True)
    assert not sink.wants_pixels
    assert sink.capacity == 60
