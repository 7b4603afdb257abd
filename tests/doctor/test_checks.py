"""Each check: what it says where all is well, and where something is missing."""

import importlib
import io
import os
import socket
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from livemask import folders
from livemask.doctor import landmark_file, machine, packages, places, virtual_camera
from livemask.doctor.finding import State
from livemask.doctor.system import System
from livemask.errors import GraphicsError, ModelError
from livemask.sources.camera_info import CameraInfo

ROOT = Path(__file__).resolve().parents[2]
DEBIAN = System("debian", "Debian")


@pytest.fixture(autouse=True)
def _no_root(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)


def examined(module, *arguments, system=DEBIAN):
    examine = importlib.import_module(f"livemask.doctor.{module}").examine
    return {finding.name: finding for finding in examine(system, *arguments)}


def test_every_dependency_is_examined():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    known = {canonicalize_name(n) for p in packages.PACKAGES.values() for n in p.names}
    assert needed - known == set()


def test_a_package_that_is_there_is_told_with_its_version():
    assert examined("packages", "numpy")["numpy"].state is State.OK
    assert examined("packages", "numpy")["numpy"].facts["version"][0].isdigit()


def test_a_package_that_is_not_there_is_told_with_the_line_to_type(monkeypatch):
    monkeypatch.setattr(packages.importlib.util, "find_spec", lambda _: None)
    finding = examined("packages", "dlib-bin")["dlib-bin"]
    assert (finding.state, finding.text) == (State.MISSING, "not installed")
    assert "dlib-bin" in finding.cure
    assert finding.needed


def test_a_package_that_lacks_a_system_library_is_told_with_that_librarys_package(monkeypatch):
    def broken(_):
        raise ImportError("libGL.so.1: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(packages.importlib, "import_module", broken)
    finding = next(packages.examine(DEBIAN, "opencv-python"))
    assert "libGL.so.1" in finding.text
    assert finding.cure == DEBIAN.install("libraries")


def test_a_package_that_breaks_in_any_other_way_is_installed_again(monkeypatch):
    def broken(_):
        raise AttributeError("half of it\nis gone")

    monkeypatch.setattr(packages.importlib, "import_module", broken)
    finding = next(packages.examine(DEBIAN, "scipy"))
    assert finding.text == "cannot be loaded: half of it is gone"
    assert finding.cure.endswith("--force-reinstall")


def test_the_machine_is_described():
    found = examined("machine")
    assert found["processor"].facts["cores"] >= 1
    assert found["memory"].facts["total_gb"] > 0.1
    assert "numba" in found["instructions"].text


@pytest.mark.parametrize(
    ("free", "state"), [(0.5e9, State.WARNING), (3e9, State.OK), (0, State.NOTE)]
)
def test_little_memory_is_a_warning(free, state, monkeypatch):
    monkeypatch.setattr(machine, "_bytes_of_memory", lambda: (int(2 * free), int(free)))
    assert examined("machine")["memory"].state is state


def test_opengl_is_told_with_what_draws():
    found = examined("graphics")
    assert found["OpenGL"].state is State.OK
    assert found["OpenGL"].facts["description"]
    software = found["OpenGL"].facts["software"]
    assert found["drawn by"].state is (State.NOTE if software else State.OK)


def test_without_opengl_the_driver_is_named_and_tables_can_be_had(monkeypatch):
    from livemask.render import context

    def none():
        raise GraphicsError("EGL gives no OpenGL 3.3 context: it has no display.\nInstall Mesa")

    monkeypatch.setattr(context, "offscreen", none)
    finding = examined("graphics")["OpenGL"]
    assert finding.state is State.MISSING
    assert "--csv" in finding.text
    assert "libgl1-mesa-dri" in finding.cure
    assert not finding.needed
    assert "driver" in examined("graphics", system=System("windows", ""))["OpenGL"].cure


def test_without_opengl_the_libraries_that_are_not_there_are_named(monkeypatch):
    from livemask.doctor import graphics

    monkeypatch.setattr(graphics, "LINUX", True)
    monkeypatch.setattr(graphics, "_LIBRARIES", ("libmelon.so.1", "librind.so.2"))
    assert graphics._lacking() == "the system lacks libmelon.so.1 and librind.so.2"
    monkeypatch.setattr(graphics, "_LIBRARIES", ())
    assert graphics._lacking() == ""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is a display")
def test_without_a_display_there_is_no_window(monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    finding = examined("window")["window"]
    assert finding.state is State.MISSING
    assert "--headless" in finding.cure


def test_a_display_that_does_not_answer_is_told(monkeypatch):
    from livemask.render import window

    def refuses(*_, **__):
        raise GraphicsError("no window can be opened: X11: Failed to open display :9")

    monkeypatch.setenv("DISPLAY", ":9")
    monkeypatch.setattr(window, "Window", refuses)
    finding = examined("window")["window"]
    assert ":9" in finding.text
    assert finding.cure


def test_cameras_are_named_and_those_that_may_not_be_opened_are_cured(monkeypatch):
    from livemask.sources import listing

    known = (
        CameraInfo(0, "Studio Cam 西瓜", "/dev/null"),
        CameraInfo(2, "Locked", "/dev/null", permitted=False),
    )
    monkeypatch.setattr(listing, "cameras", lambda _: known)
    found = examined("cameras")
    assert found["camera 0"].state is State.OK
    assert "Studio Cam 西瓜" in found["camera 0"].text
    assert found["camera 2"].state is State.WARNING
    assert "usermod -aG" in found["camera 2"].cure
    assert "Privacy" in examined("cameras", system=System("macos", ""))["camera 2"].cure


def test_without_a_camera_a_film_is_proposed(monkeypatch):
    from livemask.sources import listing

    monkeypatch.setattr(listing, "cameras", lambda _: ())
    assert "--source FILE" in examined("cameras")["camera"].cure


def test_the_shipped_head_loads_and_imported_models_are_named(tmp_path, monkeypatch):
    monkeypatch.setenv("LIVEMASK_DATA", str(tmp_path))
    found = examined("models")
    assert found["head"].state is State.OK
    assert found["imported"].state is State.NOTE
    (tmp_path / "models" / "mine").mkdir(parents=True)
    broken = examined("models")["mine"]
    assert broken.state is State.WARNING
    assert "--name mine --overwrite" in broken.cure


def test_an_imported_model_that_loads_is_told_with_its_size(tmp_path, monkeypatch):
    from livemask.library.importing import import_model
    from livemask.resources import resource

    monkeypatch.setenv("LIVEMASK_DATA", str(tmp_path))
    import_model(resource("assets/head.npz"), "mine", overwrite=False)
    found = examined("models")["mine"]
    assert found.state is State.OK
    assert "52 expressions" in found.text


def test_a_head_that_does_not_load_stops_the_work(monkeypatch):
    from livemask.models import head

    def broken():
        raise ModelError("head.npz is truncated")

    monkeypatch.setattr(head, "create", broken)
    finding = examined("models")["head"]
    assert (finding.state, finding.needed) == (State.MISSING, True)
    assert "truncated" in finding.text


def test_the_published_landmark_file_is_known():
    finding = examined("landmark_file")["landmark file"]
    assert finding.state is State.OK
    assert finding.facts["sha256"] in landmark_file.KNOWN


def test_another_landmark_file_in_its_place_is_told(monkeypatch):
    monkeypatch.setattr(landmark_file, "KNOWN", {})
    finding = examined("landmark_file")["landmark file"]
    assert finding.state is State.WARNING
    assert finding.facts["sha256"] in finding.text


def test_a_landmark_file_that_only_lacks_a_library_is_not_installed_again(monkeypatch):
    from livemask.detectors import dlib68

    def broken():
        raise ImportError("libxcb.so.1: cannot open shared object file")

    monkeypatch.setattr(dlib68, "create", broken)
    assert examined("landmark_file")["landmark file"].cure == DEBIAN.install("libraries")


def test_a_missing_landmark_file_stops_the_work(monkeypatch, tmp_path):
    from livemask.detectors import dlib68

    monkeypatch.setattr(dlib68, "default_landmarks", lambda: tmp_path / "gone.dat")
    finding = examined("landmark_file")["landmark file"]
    assert (finding.state, finding.needed) == (State.MISSING, True)
    assert "face_recognition_models" in finding.cure


def test_the_encoder_of_films_encodes():
    found = examined("encoders")
    assert found["libx264"].state is State.OK
    assert set(found) - {"libx264"}


def test_an_encoder_that_is_not_in_this_build_is_told(monkeypatch):
    from livemask.doctor import encoders

    monkeypatch.setattr(encoders, "SOFTWARE", "h264_melon")
    monkeypatch.setattr(encoders, "HARDWARE", ("h264_melon", "libx264"))
    found = examined("encoders")
    assert found["h264_melon"].state is State.MISSING
    assert "not in this PyAV" in found["h264_melon"].text
    assert found["libx264"].state is State.OK


linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux's own devices")


@linux
def test_a_virtual_camera_is_named_without_opening_it(tmp_path):
    (tmp_path / "video10").mkdir()
    (tmp_path / "video10" / "name").write_text("livemask\n")
    finding = list(virtual_camera.examine(DEBIAN, tmp_path))[-1]
    assert finding.state is State.OK
    assert finding.text == "/dev/video10 (livemask)"


@linux
def test_without_a_virtual_camera_the_module_is_installed(tmp_path):
    finding = list(virtual_camera.examine(DEBIAN, tmp_path / "none"))[-1]
    assert finding.state is State.MISSING
    assert "v4l2loopback" in finding.cure


def test_without_pyvirtualcam_the_extra_is_named(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "pyvirtualcam", None)
    finding = examined("virtual_camera", tmp_path)["pyvirtualcam"]
    assert finding.state is State.MISSING
    assert "livemask[virtual-camera]" in finding.cure


def test_a_port_on_which_a_program_listens_is_told():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as program:
        program.bind(("127.0.0.1", 0))
        port = program.getsockname()[1]
        from livemask.doctor import ports

        assert "a program listens" in ports._avatar_port(port, "VMC").text
    assert "free" in ports._avatar_port(port, "VMC").text


def test_a_machine_that_opens_no_ports_is_told(monkeypatch):
    from livemask.doctor import ports

    def barred(*_):
        raise PermissionError(1, "barred")

    monkeypatch.setattr(ports.socket, "socket", barred)
    found = examined("ports")
    assert found["UDP"].state is State.WARNING
    assert "barred" in found["VMC"].text


def test_folders_are_told_and_none_is_made(tmp_path, monkeypatch):
    for name in ("DATA", "CONFIG", "CACHE", "LOGS"):
        monkeypatch.setenv(f"LIVEMASK_{name}", str(tmp_path / name))
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    found = examined("places")
    assert {finding.state for finding in found.values()} == {State.OK, State.NOTE}
    assert found["compiled code"].state is State.NOTE
    assert list(tmp_path.iterdir()) == []
    kernels = folders.kernels_folder() / "fitting_0"
    kernels.mkdir(parents=True)
    (kernels / "a.nbi").write_text("")
    assert examined("places")["compiled code"].facts["functions"] == 1


def test_a_folder_that_cannot_be_written_is_told(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LIVEMASK_DATA", str(tmp_path / "file" / "data"))
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file" / "numba"))
    found = examined("places")
    assert found["data"].state is State.WARNING
    assert "LIVEMASK_DATA" in found["data"].cure
    assert (found["compiled code"].state, found["compiled code"].needed) == (State.MISSING, True)


def test_a_stand_in_for_the_home_and_a_full_disk_are_told(monkeypatch, tmp_path):
    monkeypatch.setenv("LIVEMASK_LOGS", str(folders.temporary() / "logs"))
    assert examined("places")["log"].state is State.WARNING
    monkeypatch.setenv("LIVEMASK_DATA", str(tmp_path))
    monkeypatch.setattr(places, "_LEAST_SPACE", 1e9)
    assert "make room" in examined("places")["data"].cure


@pytest.mark.parametrize(
    ("coding", "state"), [("cp1252", State.NOTE), ("utf-8", State.OK), ("UTF8", State.OK)]
)
def test_a_terminal_that_knows_few_characters_is_told(coding, state, monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(), coding)
    monkeypatch.setattr(sys, "__stdout__", stream)
    found = examined("terminal", system=System("windows", ""))["output"]
    assert found.state is state
    assert found.cure == ("set PYTHONUTF8=1" if state is State.NOTE else "")


@pytest.mark.parametrize("stream", [None, io.BytesIO()])
def test_a_program_without_output_has_no_terminal(stream, monkeypatch):
    if stream is not None:
        stream.close()
    monkeypatch.setattr(sys, "__stdout__", stream)
    assert examined("terminal")["output"].facts == {"encoding": "unknown", "terminal": False}
