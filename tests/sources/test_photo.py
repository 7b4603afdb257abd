import struct

import cv2
import numpy as np
import pytest

from livemask.errors import SourceError
from livemask.photo_header import PhotoHeader, photo_header
from livemask.sources.photo import PhotoSource, is_photo, load_photo
from tests.sources.films import corners, names_of_corners
from tests.sources.photos import (
    encoded,
    exif,
    flat,
    jpeg_with,
    png_with,
    tiff_with,
    webp_with,
    with_size,
)
from tests.sources.test_video import UPRIGHT_CORNERS

KINDS = (".jpg", ".png", ".webp", ".bmp", ".tiff", ".ppm")


def written(tmp_path, data, name="photo"):
    path = tmp_path / name
    path.write_bytes(data)
    return path


def loaded(tmp_path, data):
    return load_photo(written(tmp_path, data))


def refused(path):
    """Return the one line with which a file is refused."""
    with pytest.raises(SourceError) as error:
        load_photo(path)
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize("kind", KINDS)
def test_photos_of_all_kinds_are_rgb_contiguous_and_read_only(tmp_path, kind):
    image = loaded(tmp_path, encoded(corners(), kind))
    assert image.shape == (48, 64, 3)
    assert names_of_corners(image) == "RGBW"
    assert image.dtype == np.uint8
    assert image.flags.c_contiguous
    assert not image.flags.writeable


@pytest.mark.parametrize("kind", [".png", ".bmp", ".tiff", ".ppm"])
def test_lossless_photos_come_back_exactly(tmp_path, kind):
    picture = np.random.default_rng(2).integers(0, 256, (31, 45, 3), np.uint8)
    assert np.array_equal(loaded(tmp_path, encoded(picture, kind)), picture)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("write", [jpeg_with, png_with, webp_with])
@pytest.mark.parametrize("order", ["<", ">"])
def test_photos_are_upright_by_their_exif_note(tmp_path, write, orientation, order):
    image = loaded(tmp_path, write(exif(orientation, order), corners((64, 48))))
    assert image.shape == ((48, 64, 3) if orientation < 5 else (64, 48, 3))
    assert names_of_corners(image) == UPRIGHT_CORNERS[orientation]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_jpeg_is_turned_as_opencv_turns_it(tmp_path, orientation):
    data = jpeg_with(exif(orientation), corners((64, 48)))
    turned = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)[..., ::-1]
    assert np.array_equal(loaded(tmp_path, data), turned)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_tiff_is_turned_once(tmp_path, orientation):
    image = loaded(tmp_path, tiff_with(orientation, corners((64, 48))))
    assert names_of_corners(image) == UPRIGHT_CORNERS[orientation]


@pytest.mark.parametrize("note", [b"", b"II", b"II*\0\xff\xff\xff\xff", b"no note", exif(77)])
def test_a_broken_note_does_not_spoil_a_photo(tmp_path, note):
    assert names_of_corners(loaded(tmp_path, jpeg_with(note, corners()))) == "RGBW"


@pytest.mark.parametrize("kind", [".png", ".tiff", ".ppm"])
def test_sixteen_bits_become_eight(tmp_path, kind):
    image = loaded(tmp_path, encoded(flat((65535, 257 * 100, 0), np.uint16), kind))
    assert (image == (255, 100, 0)).all()


def test_sixteen_bits_are_rounded(tmp_path):
    image = loaded(tmp_path, encoded(np.full((8, 8), 257 * 100 + 200, np.uint16), ".png"))
    assert (image == 101).all()


def test_floating_point_becomes_eight_bits(tmp_path):
    grey = np.array([[0.0, 0.5, 1.0, 7.0, -1.0, np.nan]], np.float32)
    image = loaded(tmp_path, encoded(grey, ".tiff"))
    assert image[0, :, 1].tolist() == [0, 128, 255, 255, 0, 0]


@pytest.mark.parametrize("kind", [".jpg", ".png", ".tiff", ".pgm", ".bmp"])
def test_grey_photos_become_rgb(tmp_path, kind):
    image = loaded(tmp_path, encoded(np.full((48, 64), 90, np.uint8), kind))
    assert image.shape == (48, 64, 3)
    assert image.astype(int) == pytest.approx(90, abs=1)


@pytest.mark.parametrize("kind", [".png", ".tiff", ".webp"])
def test_what_is_transparent_lies_on_white(tmp_path, kind):
    picture = flat((200, 60, 40, 255))
    picture[:, :32, 3] = 0
    picture[:24, 32:, 3] = 128
    image = loaded(tmp_path, encoded(picture, kind, cv2.IMWRITE_WEBP_QUALITY, 101))
    assert image[40, 10].tolist() == [255, 255, 255]
    assert image[40, 50].tolist() == [200, 60, 40]
    assert image[10, 50].tolist() == pytest.approx((227, 157, 147), abs=1)


def test_sixteen_bits_with_alpha_lie_on_white_too(tmp_path):
    image = loaded(tmp_path, encoded(flat((65535, 0, 0, 32768), np.uint16), ".png"))
    assert image[20, 20].tolist() == pytest.approx((255, 127, 127), abs=1)


def test_a_photo_with_alpha_is_turned_too(tmp_path):
    opaque = np.dstack([corners(), np.full((48, 64), 255, np.uint8)])
    for write in (png_with, webp_with):
        assert names_of_corners(loaded(tmp_path, write(exif(6), opaque))) == UPRIGHT_CORNERS[6]


# The header


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (".jpg", "JPEG"),
        (".png", "PNG"),
        (".webp", "WebP"),
        (".bmp", "BMP"),
        (".tiff", "TIFF"),
        (".ppm", "PNM"),
    ],
)
def test_the_header_tells_kind_and_size(kind, name):
    assert photo_header(encoded(corners((64, 48)), kind)) == PhotoHeader(name, (64, 48))


def test_the_header_of_each_webp_tells_its_size():
    lossless = encoded(corners((63, 47)), ".webp", cv2.IMWRITE_WEBP_QUALITY, 101)
    extended = webp_with(exif(3), corners((63, 47)))
    assert (lossless[12:16], extended[12:16]) == (b"VP8L", b"VP8X")
    assert photo_header(lossless).size == photo_header(extended).size == (63, 47)


def test_a_bitmap_that_starts_at_the_top_has_a_size():
    data = bytearray(encoded(corners((64, 48)), ".bmp"))
    data[22:26] = struct.pack("<i", -48)
    assert photo_header(bytes(data)).size == (64, 48)


def test_a_comment_in_a_pnm_is_skipped():
    assert photo_header(b"P6 # 9 9\n# made by hand\n64 48\n255\n").size == (64, 48)


@pytest.mark.parametrize("kind", KINDS)
def test_no_header_that_is_cut_short_is_an_exception(kind):
    data = encoded(corners(), kind)
    for length in range(40):
        header = photo_header(data[:length])
        assert header is None or header.size == (64, 48)


@pytest.mark.parametrize("data", [b"", b"Plain text", b"P2", b"RIFF1234AVI ", b"GIF89a", bytes(99)])
def test_other_files_have_no_photo_header(data):
    assert photo_header(data) is None


# Faults


@pytest.fixture
def talkative():
    """Let OpenCV say what it likes, as in a fresh process."""
    level = cv2.utils.logging.getLogLevel()
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_WARNING)
    yield
    cv2.utils.logging.setLogLevel(level)


def test_a_missing_photo_is_named(tmp_path):
    assert "there is no photo" in refused(tmp_path / "none.png")


def test_an_empty_photo_is_called_empty(tmp_path):
    assert "is empty" in refused(written(tmp_path, b""))


def test_a_folder_is_no_photo(tmp_path):
    assert "is a folder" in refused(tmp_path)


def test_a_text_is_no_photo(tmp_path):
    assert "is not a photo: it is another kind of file" in refused(written(tmp_path, b"hello"))


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"avif"])
def test_the_photos_of_newer_phones_are_told_with_the_cure(tmp_path, brand):
    path = written(tmp_path, b"\0\0\0\x18ftyp" + brand + bytes(100))
    assert "must be saved as JPEG" in refused(path)
    assert is_photo(path)


@pytest.mark.parametrize("kind", [".jpg", ".png", ".webp", ".bmp", ".tiff"])
def test_a_photo_that_was_cut_short_is_refused_in_one_line(tmp_path, kind, capfd, talkative):
    picture = np.random.default_rng(2).integers(0, 256, (48, 64, 3), np.uint8)
    data = encoded(picture, kind)
    refused(written(tmp_path, data[: len(data) // 2]))
    assert capfd.readouterr() == ("", "")


def test_an_absurd_size_is_refused_before_memory_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.setattr(cv2, "imdecode", lambda *_: pytest.fail("decoded"))
    huge = with_size(encoded(corners(), ".png"), (60_000, 60_000))
    assert "60000x60000 pixels; at most 100 megapixels" in refused(written(tmp_path, huge))


# The source


def test_a_photo_is_a_source_of_one_frame(tmp_path):
    path = written(tmp_path, encoded(corners(), ".png"))
    source = PhotoSource(path)
    assert (source.size, source.rate, source.count) == ((64, 48), None, 1)
    assert (source.live, source.path) == (False, path)
    frame = source.read()
    assert (frame.time, frame.index) == (0.0, 0)
    assert names_of_corners(frame.image) == "RGBW"
    assert source.read() is None


def test_a_closed_photo_gives_nothing(tmp_path):
    source = PhotoSource(written(tmp_path, encoded(corners(), ".png")))
    source.close()
    source.close()
    assert source.read() is None
