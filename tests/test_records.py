import inspect
import math
import re
from dataclasses import FrozenInstanceError, fields, is_dataclass

import numpy as np
import pytest

from livemask import records
from livemask.geometry import project, rigid, transform_points
from livemask.records import Camera, Effect, Face, Frame, Light, Material, Scene, State

CAMERA = Camera.from_field_of_view((640, 480))
POSE = rigid(np.eye(3), np.array([0.0, 0.0, -600.0]))
RECORDS = [r for r in vars(records).values() if isinstance(r, type) and is_dataclass(r)]

LEFT_EAR, RIGHT_EAR = [75.0, 0.0, 0.0], [-75.0, 0.0, 0.0]
CROWN, CHIN, NOSE_TIP = [0.0, 120.0, 0.0], [0.0, -100.0, 60.0], [0.0, -20.0, 110.0]


def seen(*points):
    return project(CAMERA, POSE, np.array(points))


def test_the_identity_rotation_is_a_face_that_looks_into_the_camera():
    in_camera = transform_points(POSE, np.array([NOSE_TIP, LEFT_EAR, RIGHT_EAR, CROWN]))
    distances = np.linalg.norm(in_camera, axis=1)
    assert np.argmin(distances) == 0


def test_the_subjects_left_is_on_the_images_right():
    left, right = seen(LEFT_EAR, RIGHT_EAR)
    assert left[0] > right[0]


def test_the_crown_is_above_the_chin_in_the_image():
    crown, chin = seen(CROWN, CHIN)
    assert crown[1] < chin[1]


def test_the_image_counts_from_the_centre_of_the_top_left_pixel():
    camera = Camera.from_field_of_view((3, 5))
    assert camera.centre == pytest.approx([1.0, 2.0])


@pytest.mark.parametrize("degrees", [40.0, 60.0, 90.0])
@pytest.mark.parametrize("size", [(640, 480), (1280, 720), (1, 1)])
def test_the_field_of_view_is_the_angle_between_the_outer_edges(size, degrees):
    camera = Camera.from_field_of_view(size, math.radians(degrees))
    edges = (np.array([-0.5, size[0] - 0.5]) - camera.centre[0]) / camera.focal
    assert np.diff(np.degrees(np.arctan(edges)))[0] == pytest.approx(degrees)


def test_a_camera_sees_sixty_degrees_unless_told_otherwise():
    assert math.degrees(records.DEFAULT_FIELD_OF_VIEW) == pytest.approx(60.0)
    assert CAMERA.focal == Camera.from_field_of_view((640, 480), math.pi / 3).focal


def test_the_size_of_a_frame_is_its_width_then_its_height():
    assert Frame(np.zeros((480, 640, 3), np.uint8), 0.0, 0).size == (640, 480)


def test_the_default_light_comes_from_above_and_from_the_cameras_side():
    light = Light.default()
    assert np.linalg.norm(light.direction) == pytest.approx(1.0)
    assert light.direction[1] > 0.0
    assert light.direction[2] > 0.0
    assert {a.dtype for a in (light.direction, light.colour, light.ambient)} == {
        np.dtype(np.float32)
    }


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_is_frozen_and_has_slots(record):
    assert record.__dataclass_params__.frozen
    assert "__slots__" in vars(record)


@pytest.mark.parametrize("record", [r for r in RECORDS if "Attributes" in r.__doc__])
def test_a_record_documents_its_fields_and_no_others(record):
    doc = inspect.getdoc(record).partition("Attributes")[2]
    listed = re.findall(r"^(\w+(?:, \w+)*) *(?::|$)", doc, re.MULTILINE)
    names = {name for line in listed for name in line.split(", ")}
    assert names == {f.name for f in fields(record)}


def test_a_record_cannot_be_changed_by_whoever_receives_it():
    frame = Frame(np.zeros((2, 2, 3), np.uint8), 0.0, 0)
    with pytest.raises(FrozenInstanceError):
        frame.time = 1.0


def test_records_are_compared_as_objects_and_not_array_by_array():
    one, other = (Face(0, np.zeros((68, 2)), 1.0) for _ in range(2))
    assert one == one  # noqa: PLR0124
    assert one != other
    assert len({one, other}) == 2


def test_a_scene_holds_its_layers_in_drawing_order():
    frame = Frame(np.zeros((2, 2, 3), np.uint8), 0.0, 0)
    blur, mosaic = Effect("blur"), Effect("mosaic", np.zeros((3, 2), np.float32))
    scene = Scene(frame, (), (blur, mosaic), Light.default())
    assert scene.layers == (blur, mosaic)
    assert blur.region is None


def test_a_state_is_written_as_the_word_that_it_is():
    assert [str(state) for state in State] == ["tracked", "held", "lost"]
    assert State("held") is State.HELD


def test_a_material_is_opaque_lit_and_one_sided_unless_told_otherwise():
    material = Material()
    assert material.opacity == 1.0
    assert material.lit
    assert not material.two_sided
