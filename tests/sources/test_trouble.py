import os
from dataclasses import replace
from pathlib import Path

import pytest

from livemask.sources import holders, trouble
from livemask.sources.camera_info import CameraInfo, Kind

ELSE = "or give a film, photo or folder: livemask run --source FILE"


@pytest.fixture
def device(tmp_path):
    """Return a file that stands for a device."""
    path = tmp_path / "video0"
    path.touch()
    return path


@pytest.fixture
def processes(tmp_path):
    """Return a folder like /proc with a program, 4711, that holds the device."""
    folder = tmp_path / "proc"
    fd = folder / "4711" / "fd"
    fd.mkdir(parents=True)
    (fd / "5").symlink_to(tmp_path / "video0")
    (folder / "4711" / "comm").write_text("zoom\n")
    return folder


def explain(device, known, *processes, system="linux"):
    return trouble.explain(device, known, *processes, system=system)


def info(path, index=0):
    return CameraInfo(index, "Integrated Camera", str(path))


def test_without_any_camera_the_advice_is_to_plug_one_in():
    text = explain(97, ())
    assert text == (
        "no camera 97; found none. Plug one in, give a film, a photo or a folder of photos "
        "(livemask --source FILE), or see the built-in performer (livemask demo)."
    )


def test_a_wrong_number_is_answered_with_the_right_ones(device):
    text = explain(97, (info(device, 2),))
    assert text == (
        "no camera 97; found 2 (Integrated Camera). Choose one: livemask run --source 2"
    )


def test_a_missing_permission_is_answered_with_the_command(device, monkeypatch):
    monkeypatch.setattr(trouble.os, "access", lambda *_: False)
    monkeypatch.setattr(trouble, "_group", lambda _: "video")
    text = explain(str(device), (info(device),))
    assert "sudo usermod -aG video $USER" in text


def test_the_group_is_that_of_the_device(device):
    assert trouble._group(device) == device.group()


def test_a_device_that_is_no_camera_is_told_from_those_that_are(device):
    text = explain(str(device), (info("/dev/video9", 9),))
    assert f"{device} delivers no pictures; found 9 (Integrated Camera)" in text


def test_a_camera_in_use_names_the_program(device, processes):
    text = explain(str(device), (info(device),), processes)
    assert f"the camera {device} is in use by zoom (4711). Close it, {ELSE}" == text


def test_a_silent_camera_that_nobody_is_seen_to_use_is_told_so(device, tmp_path):
    text = explain(str(device), (info(device),), tmp_path / "none")
    assert "delivers no picture; it may be in use" in text


def test_a_camera_named_by_a_link_is_the_same_camera(device, tmp_path, processes):
    link = tmp_path / "by-id"
    link.symlink_to(device)
    assert "in use by zoom" in explain(str(link), (info(device),), processes)


def test_this_program_is_not_among_those_that_use_a_camera(device, processes):
    (processes / "4711").rename(processes / str(os.getpid()))
    assert holders.programs_using(device, processes) == []


def test_processes_that_may_not_be_looked_into_are_left_out(processes, device):
    (processes / "12").mkdir()
    assert holders.programs_using(device, processes) == ["zoom (4711)"]


def test_a_camera_in_use_by_somebody_who_is_not_to_be_seen_is_used_by_another_program(
    device, tmp_path
):
    busy = replace(info(device), users=("another program",))
    text = explain(str(device), (busy,), tmp_path / "none")
    assert text == f"the camera {device} is in use by another program. Close it, {ELSE}"


def test_a_capture_card_without_a_signal_is_told_so(device, tmp_path):
    card = replace(info(device), kind=Kind.CAPTURE_CARD, signal=False)
    text = explain(str(device), (card,), tmp_path / "none")
    assert text.startswith(f"the capture card {device} gets no signal. Is something plugged into")


def test_a_virtual_camera_that_nobody_fills_is_told_so(device, tmp_path):
    virtual = replace(info(device), kind=Kind.VIRTUAL)
    text = explain(str(device), (virtual,), tmp_path / "none")
    assert "Start the program that fills it" in text


def test_a_slow_camera_gets_advice_that_fits_its_system():
    on_linux = trouble.slow("the camera Brio", (4.8, 30.0), "/dev/video2")
    assert on_linux == (
        "the camera Brio delivers 5 frames/s of 30. Give it more light, let it keep its rate in "
        "the dark (v4l2-ctl -d /dev/video2 -c exposure_dynamic_framerate=0), or ask for a "
        "smaller picture: --size 640x480"
    )
    elsewhere = trouble.slow("the camera Brio", (4.8, 30.0), None)
    assert "v4l2" not in elsewhere
    assert "low light compensation" in elsewhere


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_elsewhere_the_place_of_the_permission_is_named(system):
    text = explain(0, (CameraInfo(0, "FaceTime"),), system=system)
    assert "rivacy & " in text
    assert ELSE in text


def test_elsewhere_a_wrong_number_is_answered_with_the_right_ones():
    text = explain(4, (CameraInfo(0, "FaceTime"),), system="darwin")
    assert "Choose one: livemask run --source 0" in text


def test_every_explanation_is_one_line(device, processes):
    texts = [
        explain(97, ()),
        explain(str(device), (info(device),), processes),
        explain(str(device), (info(Path("/dev/video9")),)),
    ]
    assert not any("\n" in text for text in texts)
