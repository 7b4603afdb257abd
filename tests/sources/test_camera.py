import threading
import time

import cv2
import numpy as np
import pytest

from livemask import plugins
from livemask.errors import SourceError
from livemask.sources.camera import CameraSource
from livemask.sources.machine import Machine
from tests.sources.fake_capture import FakeCapture, bgr

NO_CAMERAS = Machine(present=tuple, known=tuple)


@pytest.fixture
def fake():
    return FakeCapture()


@pytest.fixture
def opened(fake):
    """Return a camera of 64x48 that delivers only what is pushed."""
    source = CameraSource(0, (64, 48), patience=5.0, capture=fake.open)
    fake.silence()
    time.sleep(0.05)  # lets the last endless picture arrive
    source.read()
    yield source
    source.close()


def wait_until(condition):
    for _ in range(500):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it did not happen in 5 s")


def read_to_the_end(source):
    while source.read() is not None:
        pass


def blue(frame):
    return int(frame.image[0, 0, 2])


def test_the_camera_is_a_plug_in():
    assert "camera" in plugins.names("sources")


def test_a_camera_is_asked_for_compressed_pictures_of_1280x720(fake):
    with_default = CameraSource(3, capture=fake.open)
    with_default.close()
    assert fake.devices == [3]
    assert fake.asked[cv2.CAP_PROP_FOURCC] == cv2.VideoWriter.fourcc(*"MJPG")
    assert with_default.size == (1280, 720)
    assert with_default.rate == 30.0
    assert fake.order[0] == cv2.CAP_PROP_FOURCC


def test_a_camera_that_is_slow_at_1280x720_is_opened_at_640x480():
    fake = FakeCapture({(1280, 720): 10.0, (640, 480): 30.0})
    source = CameraSource(0, capture=fake.open)
    source.close()
    assert source.size == (640, 480)
    assert source.rate == 30.0
    assert len(fake.devices) == fake.released == 2


def test_a_size_that_the_user_asks_for_is_kept_though_it_is_slow():
    fake = FakeCapture({(1280, 720): 10.0})
    source = CameraSource(0, (1280, 720), capture=fake.open)
    source.close()
    assert (source.size, source.rate) == ((1280, 720), 10.0)


def test_the_size_is_that_of_the_pictures_not_the_one_asked_for(fake):
    fake.push(bgr(1, (80, 60)))
    source = CameraSource(0, (1280, 720), capture=fake.open)
    source.close()
    assert source.size == (80, 60)


def test_a_camera_is_live_and_has_neither_count_nor_file(opened):
    assert opened.live
    assert opened.count is None
    assert opened.path is None


def test_frames_are_rgb_contiguous_and_read_only(opened, fake):
    fake.push(bgr(200))
    image = opened.read().image
    assert image[0, 0].tolist() == [55, 100, 200]
    assert image.dtype == np.uint8
    assert image.flags.c_contiguous
    assert not image.flags.writeable


def test_the_grey_of_an_infrared_camera_becomes_rgb(opened, fake):
    fake.push(np.full((48, 64), 70, np.uint8))
    image = opened.read().image
    assert image.shape == (48, 64, 3)
    assert (image == 70).all()


def test_only_the_newest_picture_is_given_and_the_others_are_counted(opened, fake):
    before = opened.dropped
    fake.push(bgr(1), bgr(2), bgr(3), bgr(4))
    wait_until(lambda: fake.empty and opened._keeper._grabber.dropped == before + 3)
    assert blue(opened.read()) == 4
    assert opened.dropped == before + 3


def test_no_picture_is_given_twice(opened, fake):
    fake.push(bgr(1))
    assert blue(opened.read()) == 1
    threading.Timer(0.1, fake.push, [bgr(2)]).start()
    assert blue(opened.read()) == 2


def test_indices_count_and_times_grow_from_nought(fake):
    source = CameraSource(0, (64, 48), capture=fake.open)
    frames = [source.read() for _ in range(5)]
    source.close()
    assert [frame.index for frame in frames] == [0, 1, 2, 3, 4]
    assert frames[0].time == 0.0
    assert (np.diff([frame.time for frame in frames]) > 0).all()
    assert frames[-1].time < 5.0


def test_times_are_when_the_picture_was_grabbed_not_when_it_was_read(opened, fake):
    fake.push(bgr(1))
    first = opened.read()
    fake.push(bgr(2))
    wait_until(lambda: opened._keeper._grabber._newest is not None)
    time.sleep(0.2)
    second = opened.read()
    fake.push(bgr(3))
    assert opened.read().time - second.time >= 0.2
    assert second.time > first.time


def test_when_time_began_can_be_told_to_a_microphone(opened, fake):
    before = time.perf_counter()
    fake.push(bgr(1))
    grabbed = opened.began + opened.read().time
    assert before <= grabbed <= time.perf_counter()


def test_two_pictures_in_one_tick_of_the_clock_have_different_times(fake, monkeypatch):
    monkeypatch.setattr("livemask.sources.grabber.perf_counter", lambda: 7.0)
    source = CameraSource(0, (64, 48), capture=fake.open)
    times = [source.read().time for _ in range(3)]
    source.close()
    assert times[0] == 0.0
    assert times[0] < times[1] < times[2] < 1e-3


def test_a_picture_of_another_size_is_given_the_size_of_the_first(opened, fake):
    fake.push(bgr(9, (128, 96)))
    assert opened.read().image.shape == (48, 64, 3)


def test_a_camera_that_falls_silent_is_an_error_after_the_stated_time(fake):
    source = CameraSource(2, (64, 48), patience=0.3, capture=fake.open)
    fake.silence()
    with pytest.raises(SourceError, match=r"camera 2 has delivered nothing for 0\.3 s"):
        read_to_the_end(source)
    source.close()


def test_what_opencv_complains_of_is_told_when_nothing_comes_any_more(fake):
    source = CameraSource(0, (64, 48), patience=0.3, capture=fake.open)
    fake.fault = cv2.error("broken")
    with pytest.raises(SourceError, match=r"nothing for 0\.3 s \(broken\)"):
        read_to_the_end(source)
    source.close()
    wait_until(lambda: fake.released)


def test_a_fault_of_the_program_in_the_thread_is_raised_to_the_reader(fake):
    source = CameraSource(0, (64, 48), capture=fake.open)
    fake.fault = ZeroDivisionError("a mistake")
    with pytest.raises(ZeroDivisionError, match="a mistake"):
        read_to_the_end(source)
    source.close()
    assert fake.released == 1


def test_a_camera_gets_over_a_damaged_picture(opened, fake):
    fake.damaged = True
    fake.push(bgr(1))
    wait_until(lambda: fake.lost)
    fake.damaged = False
    fake.push(bgr(2))
    assert blue(opened.read()) == 2


def test_an_empty_picture_is_none(opened, fake):
    fake.push(np.zeros((0, 0, 3), np.uint8))
    threading.Timer(0.1, fake.push, [bgr(5)]).start()
    assert blue(opened.read()) == 5


def test_a_camera_gets_over_a_complaint_of_opencv(opened, fake):
    fake.fault = cv2.error("a damaged picture")
    wait_until(lambda: opened._keeper._grabber.fault == "a damaged picture")
    fake.fault = None
    fake.push(bgr(4))
    assert blue(opened.read()) == 4


def test_closing_twice_releases_the_camera_once_and_ends_the_reading(opened, fake):
    opened.close()
    opened.close()
    assert fake.released == 1
    assert opened.read() is None


def test_closing_wakes_a_reader_that_waits(opened):
    got = []
    reader = threading.Thread(target=lambda: got.append(opened.read()))
    reader.start()
    opened.close()
    reader.join(3.0)
    assert not reader.is_alive()
    assert got == [None]


def test_a_camera_that_does_not_open_is_released_and_explained():
    fake = FakeCapture(works=False)
    with pytest.raises(SourceError, match="found none"):
        CameraSource("/dev/video-none", capture=fake.open, machine=NO_CAMERAS)
    assert fake.released == len(fake.devices) > 0


def test_a_camera_that_opens_and_gives_nothing_is_tried_at_both_sizes():
    fake = FakeCapture()
    fake.silence()
    with pytest.raises(SourceError):
        CameraSource(0, patience=0.05, capture=fake.open, machine=NO_CAMERAS)
    assert fake.released == len(fake.devices) == 2


def test_a_missing_camera_is_one_line_without_a_word_from_opencv(capfd):
    with pytest.raises(SourceError) as error:
        CameraSource(97)
    assert "\n" not in str(error.value)
    assert "97" in str(error.value)
    assert capfd.readouterr() == ("", "")
