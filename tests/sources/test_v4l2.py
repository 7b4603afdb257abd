import struct
from errno import EINVAL

import pytest

from livemask.sources.camera_mode import Mode
from tests.sources.fake_driver import (
    ENUM_FMT,
    ENUM_FRAMEINTERVALS,
    ENUM_FRAMESIZES,
    ENUMINPUT,
    G_INPUT,
    MJPG,
    QUERYCAP,
    REQBUFS,
    FakeDriver,
)

v4l2 = pytest.importorskip("livemask.sources.v4l2", reason="video devices of Linux")


def test_requests_have_the_numbers_of_the_kernel():
    assert v4l2.QUERY_CAPABILITIES == QUERYCAP
    assert v4l2.ENUMERATE_FORMATS == ENUM_FMT
    assert v4l2.ENUMERATE_SIZES == ENUM_FRAMESIZES
    assert v4l2.ENUMERATE_INTERVALS == ENUM_FRAMEINTERVALS
    assert v4l2.REQUEST_BUFFERS == REQBUFS
    assert v4l2.GET_INPUT == G_INPUT
    assert v4l2.ENUMERATE_INPUTS == ENUMINPUT


def test_a_capture_device_tells_who_it_is():
    said = v4l2.capabilities(0, FakeDriver())
    assert said == v4l2.Capabilities("uvcvideo", "HD Webcam", "usb-1", captures=True)


def test_the_second_device_of_a_webcam_captures_no_pictures():
    metadata = FakeDriver(whole=0x84A00001, own=0x04A00000)
    assert not v4l2.capabilities(0, metadata).captures


def test_an_old_driver_is_believed_what_it_says_of_the_whole():
    assert v4l2.capabilities(0, FakeDriver(whole=0x00000001)).captures


def test_a_virtual_camera_that_only_takes_captures_no_pictures():
    assert not v4l2.capabilities(0, FakeDriver(whole=0x85200002, own=0x05200002)).captures


def test_modes_have_sizes_and_the_highest_rate():
    assert v4l2.modes(0, FakeDriver()) == (
        Mode("MJPG", (1280, 720), 30.0),
        Mode("MJPG", (640, 480), None),
        Mode("YUYV", (800, 600), 10.0),
    )


def test_a_driver_that_never_ends_its_list_is_not_followed_for_ever():
    class Endless(FakeDriver):
        def __call__(self, device, request, buffer):
            if request != ENUM_FMT:
                return super().__call__(device, request, buffer)
            struct.pack_into("=I", buffer, 44, MJPG)
            return None

    assert len(v4l2.modes(0, Endless())) < 1000


def test_a_camera_is_busy_while_another_program_has_its_buffers():
    driver = FakeDriver()
    assert not v4l2.is_busy(0, driver)
    driver.busy = True
    assert v4l2.is_busy(0, driver)


def test_a_device_that_lends_no_buffers_is_not_busy():
    def refuse(device, request, buffer):
        raise OSError(EINVAL, "Invalid argument")

    assert not v4l2.is_busy(0, refuse)


@pytest.mark.parametrize(
    ("capabilities", "status", "signal"),
    [(2, 0, True), (2, 2, False), (4, 0x100, False), (2, 0x30, True), (0, 0, None), (0, 2, None)],
)
def test_a_socket_tells_whether_a_picture_comes_in(capabilities, status, signal):
    driver = FakeDriver()
    driver.plug_socket(1, capabilities, status)
    assert v4l2.socket_signal(0, driver) is signal


def test_a_driver_without_inputs_tells_nothing_of_a_signal():
    assert v4l2.socket_signal(0, FakeDriver()) is None
