import logging

import numpy as np
import pytest

from livemask import plugins
from livemask.errors import SourceError, UsageError
from livemask.sources import images
from tests.sources.films import corners, names_of_corners, number, numbered
from tests.sources.photos import encoded, with_size


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "frames, 西瓜"
    place.mkdir()
    return place


def put(folder, name, image):
    (folder / name).write_bytes(encoded(image, "." + name.rpartition(".")[2].lower()))


def opened(folder, fps=25.0):
    return images.create(str(folder), fps)


def read_all(source):
    frames = list(iter(source.read, None))
    source.close()
    return frames


def test_folders_are_a_plug_in():
    assert "images" in plugins.names("sources")


def test_all_pictures_of_a_folder_come_in_natural_order_at_the_rate(folder):
    for i in (10, 2, 1, 11, 0):
        put(folder, f"{i}.png", numbered(i))
    source = opened(folder, 10.0)
    assert (source.size, source.rate, source.count) == ((64, 48), 10.0, 5)
    assert not source.live
    assert source.path is None
    frames = read_all(source)
    assert [number(frame.image) for frame in frames] == [0, 1, 2, 10, 11]
    assert [frame.index for frame in frames] == list(range(5))
    assert [frame.time for frame in frames] == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.4])


def test_frames_are_rgb_contiguous_and_read_only(folder):
    put(folder, "1.png", corners())
    put(folder, "2.png", corners((32, 24)))
    for frame in read_all(opened(folder)):
        assert names_of_corners(frame.image) == "RGBW"
        assert frame.image.dtype == np.uint8
        assert frame.image.flags.c_contiguous
        assert not frame.image.flags.writeable


def test_hidden_files_other_files_and_folders_are_left_out(folder, caplog):
    put(folder, "1.PNG", numbered(1))
    put(folder, "2.jpg", numbered(2))
    put(folder, ".0.png", numbered(0))
    (folder / "notes.txt").write_text("3")
    (folder / "4.png").mkdir()
    source = opened(folder)
    assert source.count == 2
    assert [number(frame.image) for frame in read_all(source)] == [1, 2]
    assert caplog.text == ""


def test_a_picture_of_another_size_is_fitted_on_black(folder):
    put(folder, "1.png", numbered(1, (64, 48)))
    put(folder, "2.png", numbered(50, (48, 96)))
    image = read_all(opened(folder))[1].image
    assert image.shape == (48, 64, 3)
    assert (image[:, :20] == 0).all()
    assert (image[:, 44:] == 0).all()
    assert (image[:, 20:44] == 220).all()


def test_a_picture_as_thin_as_a_line_is_fitted_too(folder):
    put(folder, "1.png", numbered(1, (64, 48)))
    put(folder, "2.png", numbered(50, (1, 4000)))
    assert read_all(opened(folder))[1].image.shape == (48, 64, 3)


def test_a_broken_picture_is_left_out_with_a_warning_and_the_others_keep_their_times(
    folder, caplog
):
    for i in (1, 2, 4):
        put(folder, f"{i}.png", numbered(i))
    (folder / "3.png").write_bytes(encoded(corners(), ".png")[:60])
    (folder / "5.png").write_bytes(b"")
    with caplog.at_level(logging.WARNING, "livemask"):
        frames = read_all(opened(folder, 10.0))
    assert [number(frame.image) for frame in frames] == [1, 2, 4]
    assert [frame.time for frame in frames] == pytest.approx([0.0, 0.1, 0.3])
    assert [frame.index for frame in frames] == [0, 1, 2]
    assert "2 of the 5 pictures" in caplog.text
    assert "3.png cannot be decoded" in caplog.text
    assert len(caplog.records) == 1


def test_the_first_picture_that_can_be_read_is_at_the_beginning(folder):
    (folder / "1.png").write_bytes(b"no picture")
    put(folder, "2.png", numbered(2))
    put(folder, "3.png", numbered(3))
    frames = read_all(opened(folder, 10.0))
    assert [frame.time for frame in frames] == pytest.approx([0.0, 0.1])


def test_an_absurd_size_is_left_out_before_memory_is_taken(folder, caplog):
    put(folder, "1.png", numbered(1))
    (folder / "2.png").write_bytes(with_size(encoded(corners(), ".png"), (60_000, 60_000)))
    assert len(read_all(opened(folder))) == 1
    assert "60000x60000" in caplog.text


def test_pictures_none_of_which_can_be_read_are_refused_with_the_first_reason(folder):
    for i in (1, 2):
        (folder / f"{i}.jpg").write_bytes(b"x")
    with pytest.raises(SourceError, match=r"none of the 2 pictures of .*1\.jpg is not a photo"):
        opened(folder)


def test_an_empty_folder_is_refused(folder):
    with pytest.raises(SourceError, match=r"holds no pictures \(JPEG, .*\), and nothing else"):
        opened(folder)


def test_a_folder_of_other_files_is_refused_with_their_names(folder):
    for name in ("a.mp4", "b.txt", "c.heic", "d.gif"):
        (folder / name).touch()
    with pytest.raises(SourceError, match=r"only a\.mp4, b\.txt, c\.heic, \.\.\."):
        opened(folder)


def test_a_folder_that_may_not_be_read_is_refused_with_the_reason(folder, monkeypatch):
    def iterdir(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.iterdir", iterdir)
    with pytest.raises(SourceError, match="cannot be opened: Permission denied"):
        images.in_folder(folder)


def test_a_pattern_takes_what_fits_it(folder):
    for i in range(3):
        put(folder, f"a{i}.png", numbered(i))
        put(folder, f"b{i}.png", numbered(10 + i))
    frames = read_all(images.create(f"{folder}/b%d.png"))
    assert [number(frame.image) for frame in frames] == [10, 11, 12]


def test_a_pattern_that_fits_nothing_is_refused(folder):
    with pytest.raises(SourceError, match=r"no picture is called .*%d\.png"):
        images.create(f"{folder}/%d.png")


@pytest.mark.parametrize("fps", [0.0, -25.0, float("nan"), float("inf"), 1001.0])
def test_a_rate_that_cannot_be_is_refused(folder, fps):
    put(folder, "1.png", numbered(1))
    with pytest.raises(UsageError, match="--fps"):
        opened(folder, fps)


def test_after_closing_twice_nothing_comes(folder):
    for i in range(3):
        put(folder, f"{i}.png", numbered(i))
    source = opened(folder)
    assert source.read() is not None
    source.close()
    source.close()
    assert source.read() is None


def test_pictures_are_loaded_one_at_a_time(folder, monkeypatch):
    for i in range(5):
        put(folder, f"{i}.png", numbered(i))
    loaded = []
    load = images.load_photo
    monkeypatch.setattr(images, "load_photo", lambda file: (loaded.append(file), load(file))[1])
    source = opened(folder)
    source.read()
    source.read()
    assert len(loaded) == 2
