import numpy as np

from livemask.fitting.dense.picture import SIZE, Picture
from livemask.geometry import rigid
from livemask.records import Camera, Fit, Frame, State

CAMERA = Camera.from_field_of_view((640, 480))


def fit_at(x=0.0, z=-650.0):
    pose = rigid(np.eye(3), np.array([x, 0.0, z]))
    return Fit(0, CAMERA, pose, np.zeros(80), np.zeros(52), 0.0, 1.0, State.TRACKED)


def grey(value=100):
    return np.full((480, 640, 3), value, np.uint8)


def test_a_spot_of_the_frame_lies_where_scale_and_corner_say():
    image = grey(20)
    image[230:236, 350:356] = 250
    picture = Picture.of(Frame(image, 0.0, 0), fit_at())
    bright = np.argwhere(picture.channels[0] > picture.channels[0].max() - 0.5)
    row, column = bright.mean(axis=0)
    place = np.array([column, row]) / picture.scale + picture.corner
    assert np.abs(place - [352.5, 232.5]).max() < 0.5


def test_a_face_half_out_of_the_picture_is_cut_with_its_border_repeated():
    picture = Picture.of(Frame(grey(), 0.0, 0), fit_at(x=-400.0))
    assert picture.channels.shape == (2, SIZE, SIZE)
    assert np.ptp(picture.channels) < 5.0
    assert np.ptp(picture.channels[0]) == 0.0


def test_a_face_wholly_out_of_the_picture_is_cut_without_trouble():
    for x in (-4000.0, 4000.0):
        assert np.isfinite(Picture.of(Frame(grey(), 0.0, 0), fit_at(x=x)).channels).all()


def test_a_face_far_away_or_behind_the_camera_is_not_cut():
    assert Picture.of(Frame(grey(), 0.0, 0), fit_at(z=-5000.0)) is None
    assert Picture.of(Frame(grey(), 0.0, 0), fit_at(z=650.0)) is None


def test_slopes_are_those_of_the_blurred_values():
    image = np.random.default_rng(2).integers(0, 255, (480, 640, 3), np.uint8)
    planes = Picture.of(Frame(image, 0.0, 0), fit_at()).blurred(3.0)
    for value, right, down in planes:
        middle = slice(20, -20)
        rows, columns = np.gradient(value)
        assert (
            np.corrcoef(right[middle, middle].ravel(), columns[middle, middle].ravel())[0, 1] > 0.97
        )
        assert np.corrcoef(down[middle, middle].ravel(), rows[middle, middle].ravel())[0, 1] > 0.97
