import io
import sys
import types
from pathlib import Path

import pytest

from livemask.errors import SourceError, UsageError
from livemask.plugins import rooms
from livemask.plugins.plugin import Plugin
from livemask.sources import camera, choose
from livemask.sources.camera import CameraSource
from livemask.sources.choose import open_source
from livemask.sources.images import ImagesSource
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

    def open_(text, **more):
        sources.append(open_source(text, capture=fake.open, size=(64, 48), **more))
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
    found = {"ndi": Plugin("ndi", "livemask.sources.ndi", Path("ndi.py"))}
    monkeypatch.setattr(rooms, "found", lambda _: found)
    assert open_source("ndi,rate=25", size=(64, 48)) == ("", 25.0)


def test_the_first_camera_may_be_asked_for_by_its_kind(opened, monkeypatch, fake):
    monkeypatch.setattr(camera.CameraSource.__init__, "__defaults__", (0, None, 5.0, fake.open))
    assert opened("camera,device=3").size == (64, 48)
    assert fake.devices == [3]


@pytest.mark.parametrize("text", ["video", "photo", "video,path=x"])
def test_films_and_photos_are_not_opened_by_the_names_of_their_modules(opened, text):
    with pytest.raises(SourceError, match="there is no file"):
        opened(text)


def fill(folder, *names):
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(encoded(corners(), ".png"))


def test_a_folder_is_opened_as_pictures(opened, tmp_path):
    fill(tmp_path, "西瓜, a film/1.png", "西瓜, a film/2.png")
    source = opened(str(tmp_path / "西瓜, a film"), fps=10.0)
    assert isinstance(source, ImagesSource)
    assert (source.rate, source.count) == (10.0, 2)


def test_pictures_come_at_25_per_second_unless_told(opened, tmp_path):
    fill(tmp_path, "1.png")
    assert opened(str(tmp_path)).rate == opened(f"{tmp_path}/*.png").rate == 25.0


@pytest.mark.parametrize("text", ["*.png", "%d.png", "[12].png", "?.png"])
def test_a_pattern_is_opened_as_pictures(opened, tmp_path, text):
    fill(tmp_path, "1.png", "2.png")
    source = opened(f"{tmp_path}/{text}", fps=50.0)
    assert isinstance(source, ImagesSource)
    assert (source.rate, source.count) == (50.0, 2)


@pytest.mark.parametrize("name", ["*.png", "%d.png", "a?.png", "[1].png", "-", "http:,x"])
def test_a_file_goes_before_what_its_name_could_mean(opened, tmp_path, name):
    fill(tmp_path, name, "1.png")
    assert opened(f"{tmp_path}/{name}").path == tmp_path / name


def test_a_camera_whose_name_looks_like_a_pattern_is_found(opened, monkeypatch, fake):
    odd = CameraInfo(3, "Camera [2]")
    monkeypatch.setattr(choose.listing, "cameras", lambda: (odd,))
    opened("Camera [2]")
    assert fake.devices == [3]


def test_a_pattern_that_fits_nothing_is_said_to(opened):
    with pytest.raises(
        SourceError, match=r"no file 'x\*\.png', no picture that fits this pattern,"
    ):
        opened("x*.png")


def test_an_address_is_opened_as_a_stream(opened, monkeypatch):
    monkeypatch.setattr(choose.stream, "create", lambda url: io.BytesIO(url.encode()))
    assert opened("rtsp://me@host/x?y=[1]*").getvalue() == b"rtsp://me@host/x?y=[1]*"


def test_the_address_of_a_file_is_that_file(opened, tmp_path):
    fill(tmp_path, "西瓜 1.png")
    assert opened((tmp_path / "西瓜 1.png").as_uri()).path == tmp_path / "西瓜 1.png"
    with pytest.raises(SourceError, match="there is no film"):
        opened((tmp_path / "gone.mp4").as_uri())


@pytest.mark.parametrize(
    "text", ["concat:a.ts|b.ts", "data:video/mp4,x", "subfile,,start,0,,:a.ts"]
)
def test_other_ways_of_ffmpeg_to_name_files_are_no_addresses(opened, text):
    with pytest.raises(SourceError, match="there is no file"):
        opened(text)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("-", {"pix_fmt": None}),
        ("-,pix_fmt=bgr24", {"pix_fmt": "bgr24"}),
        ("stdin,pix-fmt=bgr24", {"pix_fmt": "bgr24"}),
    ],
)
def test_a_stroke_is_standard_input(opened, monkeypatch, text, given):
    asked = []
    monkeypatch.setattr("livemask.sources.stdin.Pipe", lambda: "the pipe")
    monkeypatch.setattr("livemask.sources.stdin.opened", lambda *a: asked.append(a) or io.BytesIO())
    opened(text, fps=30.0)
    assert asked == [("the pipe", given["pix_fmt"], (64, 48), 30.0)]


def test_an_option_that_standard_input_does_not_have_is_refused(opened):
    with pytest.raises(UsageError, match="source stdin has no option 'format'"):
        opened("-,format=rgb24")


@pytest.mark.parametrize(
    "text", ["0", "/dev/video7", "integrated", "rtsp://me:secret@host", "camera"]
)
def test_a_rate_is_refused_where_there_is_one_already(opened, text):
    with pytest.raises(UsageError, match="has a rate of its own; --fps is for") as caught:
        opened(text, fps=25.0)
    assert "secret" not in str(caught.value)


def test_a_film_keeps_its_rate(opened, tmp_path):
    path = write_film(tmp_path / "film.mp4", [numbered(1)])
    with pytest.raises(UsageError, match="has a rate of its own"):
        opened(str(path), fps=25.0)


def test_nothing_is_refused(opened):
    with pytest.raises(SourceError, match="names nothing"):
        opened("")


@pytest.mark.parametrize("text", ["x" * 5000, "~nobody-of-this-name/film.mp4", "a\0b"])
def test_a_name_that_no_file_can_have_is_no_file(opened, text):
    with pytest.raises(SourceError, match="there is no file"):
        opened(text)


def test_a_password_in_a_mistyped_address_is_not_shown(opened):
    with pytest.raises(SourceError, match=r"no file '\*\*\*@host/x'"):
        opened("rtsp:/me:secret@host/x")


def test_a_folder_that_may_not_be_entered_is_said_so(opened, monkeypatch):
    def exists(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.exists", exists)
    with pytest.raises(SourceError, match=r"film\.mp4 cannot be opened: Permission denied"):
        opened("secret/film.mp4")
