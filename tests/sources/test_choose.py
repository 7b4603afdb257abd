import sys
import types

import pytest

from livemask import plugins
from livemask.errors import SourceError
from livemask.sources import camera, choose
from livemask.sources.camera import CameraSource
from livemask.sources.choose import open_source
from livemask.sources.listing import CameraInfo
from livemask.sources.photo import PhotoSource
from livemask.sources.video import VideoSource
from tests.sources.fake_capture import FakeCapture
from tests.sources.films import corners, numbered, write_film
from tests.sources.photos import encoded

WEBCAM = CameraInfo(0, "Integrated Webcam", "/dev/video0")
LEFT, RIGHT = CameraInfo(2, "Brio left"), CameraInfo(4, "Brio right")


@pytest.fixture
def fake():
    return FakeCapture()


@pytest.fixture
def opened(fake, monkeypatch):
    """Return a function that opens a source on a machine with three cameras."""
    monkeypatch.setattr(choose.listing, "cameras", lambda: (WEBCAM, LEFT, RIGHT))
    sources = []

    def open_(text):
        sources.append(open_source(text, capture=fake.open, size=(64, 48)))
        return sources[-1]

    yield open_
    for source in sources:
        source.close()


@pytest.mark.parametrize(
    ("text", "device"),
    [
        ("3", 3),
        ("/dev/video7", "/dev/video7"),
        ("Integrated Webcam", "/dev/video0"),
        ("integrated", "/dev/video0"),
        ("BRIO LEFT", 2),
    ],
)
def test_cameras_are_opened_by_number_file_or_name(opened, fake, text, device):
    source = opened(text)
    assert isinstance(source, CameraSource)
    assert fake.devices == [device]
    assert source.size == (64, 48)


def test_a_name_that_several_cameras_share_is_refused_with_their_numbers(opened):
    with pytest.raises(SourceError, match=r"2 \(Brio left\), 4 \(Brio right\)\. Give the number"):
        opened("brio")


def test_a_name_that_is_nothing_is_refused_with_the_cameras_there_are(opened):
    with pytest.raises(SourceError, match=r"no file 'film\.mp4', .*0 \(Integrated Webcam\)"):
        opened("film.mp4")


def test_a_missing_file_with_a_comma_in_its_name_is_a_missing_file(opened):
    with pytest.raises(SourceError, match=r"there is no file 'me, at home\.mp4'"):
        opened("me, at home.mp4")


def test_a_film_is_opened_as_a_film_whatever_it_is_called(tmp_path):
    for name in ("film.mp4", "film.gif"):
        codec, pixels = ("gif", "rgb8") if name.endswith("gif") else ("libx264", "yuv420p")
        path = write_film(tmp_path / name, [numbered(1)], codec, pixels)
        source = open_source(str(path.rename(tmp_path / "nameless")))
        source.close()
        assert isinstance(source, VideoSource)


@pytest.mark.parametrize("kind", [".jpg", ".png", ".webp"])
def test_a_photo_is_opened_as_a_photo_whatever_it_is_called(tmp_path, kind):
    path = tmp_path / "nameless"
    path.write_bytes(encoded(corners(), kind))
    assert isinstance(open_source(str(path)), PhotoSource)


def test_a_file_goes_before_a_camera_of_the_same_name(tmp_path, monkeypatch, opened):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "brio left").write_bytes(encoded(corners(), ".png"))
    assert isinstance(open_source("brio left"), PhotoSource)


def test_a_film_called_0_is_opened_with_its_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "0").write_bytes(encoded(corners(), ".png"))
    assert isinstance(open_source("./0"), PhotoSource)


def test_the_home_folder_may_be_written_short(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "me.png").write_bytes(encoded(corners(), ".png"))
    assert isinstance(open_source("~/me.png"), PhotoSource)


def test_a_folder_is_refused_as_such(tmp_path):
    with pytest.raises(SourceError, match="is a folder"):
        open_source(str(tmp_path))


def test_a_damaged_photo_is_not_tried_as_a_film(tmp_path):
    path = tmp_path / "photo.jpg"
    path.write_bytes(encoded(corners(), ".jpg")[:30])
    with pytest.raises(SourceError, match="is not a photo"):
        open_source(str(path))


def test_a_plug_in_of_the_room_is_opened_with_the_options_that_it_knows(monkeypatch):
    def create(name: str = "", rate: float = 30.0) -> tuple[str, float]:
        return name, rate

    module = types.SimpleNamespace(create=create)
    monkeypatch.setitem(sys.modules, "livemask.sources.ndi", module)
    monkeypatch.setattr(plugins, "names", lambda _: {"ndi": "livemask.sources.ndi"})
    assert open_source("ndi,rate=25", size=(64, 48)) == ("", 25.0)


def test_the_first_camera_may_be_asked_for_by_its_kind(opened, monkeypatch, fake):
    monkeypatch.setattr(camera.CameraSource.__init__, "__defaults__", (0, None, 5.0, fake.open))
    assert opened("camera,device=3").size == (64, 48)
    assert fake.devices == [3]


@pytest.mark.parametrize("text", ["video", "photo", "video,path=x"])
def test_films_and_photos_are_not_opened_by_the_names_of_their_modules(opened, text):
    with pytest.raises(SourceError, match="there is no file"):
        opened(text)
