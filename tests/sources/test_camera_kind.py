import pytest

from livemask.sources.camera_info import Kind
from livemask.sources.camera_kind import kind_of


@pytest.mark.parametrize(
    ("name", "driver"),
    [
        ("Dummy video device (0x0000)", "v4l2 loopback"),
        ("my stream", "v4l2 loopback"),
        ("OBS Virtual Camera", ""),
        ("Unity Video Capture", ""),
        ("Snap Camera", ""),
        ("DroidCam Source 3", ""),
        ("ManyCam Virtual Webcam", ""),
        ("XSplit VCam", ""),
        ("NDI Webcam Video 1", ""),
        ("vivid", "vivid"),
    ],
)
def test_a_camera_that_a_program_fills_is_virtual(name, driver):
    assert kind_of(name, driver) is Kind.VIRTUAL


@pytest.mark.parametrize(
    ("name", "driver"),
    [
        ("Cam Link 4K", "uvcvideo"),
        ("USB3. 0 capture", "uvcvideo"),
        ("UGREEN HDMI Capture", "uvcvideo"),
        ("AVerMedia Live Gamer", ""),
        ("USB Video: USB Video", "uvcvideo"),
        ("stk1160", "stk1160"),
    ],
)
def test_what_films_a_cable_is_a_capture_card(name, driver):
    assert kind_of(name, driver) is Kind.CAPTURE_CARD


def test_what_has_sockets_is_a_capture_card_whatever_it_is_called():
    assert kind_of("Interior", "hws", has_sockets=True) is Kind.CAPTURE_CARD


@pytest.mark.parametrize(
    "name", ["HD Pro Webcam C920", "Integrated Camera", "FaceTime HD Camera", "USB 2.0 Camera"]
)
def test_all_others_are_webcams(name):
    assert kind_of(name, "uvcvideo") is Kind.WEBCAM
