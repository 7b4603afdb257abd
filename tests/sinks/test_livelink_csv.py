import csv

import numpy as np
import pytest

from livemask.errors import UsageError
from livemask.records import State
from livemask.sinks import livelink_csv
from tests.sinks.listening import LEFT, made, shown

APP = (
    "Timecode,BlendShapeCount,EyeBlinkLeft,EyeLookDownLeft,EyeLookInLeft,EyeLookOutLeft,"
    "EyeLookUpLeft,EyeSquintLeft,EyeWideLeft,EyeBlinkRight,EyeLookDownRight,EyeLookInRight,"
    "EyeLookOutRight,EyeLookUpRight,EyeSquintRight,EyeWideRight,JawForward,JawRight,JawLeft,JawOpen,"
    "MouthClose,MouthFunnel,MouthPucker,MouthRight,MouthLeft,MouthSmileLeft,MouthSmileRight,"
    "MouthFrownLeft,MouthFrownRight,MouthDimpleLeft,MouthDimpleRight,MouthStretchLeft,"
    "MouthStretchRight,MouthRollLower,MouthRollUpper,MouthShrugLower,MouthShrugUpper,"
    "MouthPressLeft,MouthPressRight,MouthLowerDownLeft,MouthLowerDownRight,MouthUpperUpLeft,"
    "MouthUpperUpRight,BrowDownLeft,BrowDownRight,BrowInnerUp,BrowOuterUpLeft,BrowOuterUpRight,"
    "CheekPuff,CheekSquintLeft,CheekSquintRight,NoseSneerLeft,NoseSneerRight,TongueOut,HeadYaw,"
    "HeadPitch,HeadRoll,LeftEyeYaw,LeftEyePitch,LeftEyeRoll,RightEyeYaw,RightEyePitch,RightEyeRoll"
)


def written(file, *outputs):
    sink = livelink_csv.create(file)
    for value in outputs:
        sink.send(value)
    sink.close()
    sink.close()
    with file.open(newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_columns_are_those_of_the_app(tmp_path):
    written(tmp_path / "take.csv", shown(made()))
    assert (tmp_path / "take.csv").read_text().splitlines()[0] == APP


def test_each_value_stands_under_its_name(tmp_path):
    does = {"jawLeft": 0.25, "mouthRight": 0.5, "eyeBlinkRight": 0.75, "eyeLookUpLeft": 0.125}
    (row,) = written(tmp_path / "take.csv", shown(made(LEFT, **does)))
    for name in (
        "jawLeft",
        "jawRight",
        "mouthLeft",
        "mouthRight",
        "eyeBlinkRight",
        "eyeLookUpLeft",
    ):
        assert float(row[name[0].upper() + name[1:]]) == pytest.approx(does.get(name, 0.0))
    assert float(row["HeadYaw"]) == pytest.approx(np.radians(-20.0), abs=1e-6)
    assert float(row["LeftEyePitch"]) < 0.0 == float(row["RightEyePitch"])
    assert row["BlendShapeCount"] == "61"


def test_a_frame_without_a_face_has_a_row_without_values(tmp_path):
    first, second, third = written(
        tmp_path / "take.csv",
        shown(time=0.0),
        shown(made(state=State.HELD)),
        shown(made(), time=2.0),
    )
    assert (first["Timecode"], first["BlendShapeCount"]) == ("00:00:00:00.000", "0")
    assert first["EyeBlinkLeft"] is second["EyeBlinkLeft"] is None
    assert third["BlendShapeCount"] == "61"


@pytest.mark.parametrize(
    ("time", "code"),
    [
        (0.0, "00:00:00:00.000"),
        (0.5, "00:00:00:30.000"),
        (59.9999999, "00:01:00:00.000"),
        (3723.025, "01:02:03:01.500"),
    ],
)
def test_times_are_told_in_sixtieths_of_a_second(time, code):
    assert livelink_csv.timecode(time) == code


def test_a_file_that_exists_is_left_alone(tmp_path):
    (tmp_path / "take.csv").write_text("mine")
    with pytest.raises(UsageError, match="--overwrite"):
        livelink_csv.create(tmp_path / "take.csv")
