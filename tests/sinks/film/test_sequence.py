import av
import cv2
import numpy as np
import pytest

from livemask.errors import SinkError, UsageError
from livemask.sinks.film.naming import free_pattern, is_sequence, numbered
from livemask.sinks.recorder import create
from tests.sinks.films import output, picture


def colours(number):
    """Return RGBA of every opacity, (48, 64, 4)."""
    image = np.random.default_rng(number).integers(0, 256, (48, 64, 4), dtype=np.uint8)
    image[:24, :, 3] = np.arange(64) * 4
    return image


def read_png(file):
    return cv2.cvtColor(cv2.imread(str(file), cv2.IMREAD_UNCHANGED), cv2.COLOR_BGRA2RGBA)


def write(file, times, **options):
    recorder = create(file, **options)
    for i, time in enumerate(times):
        recorder.send(output(colours(i) if recorder.takes_alpha else colours(i)[..., :3], time, i))
    recorder.close()


@pytest.mark.parametrize("name", ["", "face_%03d.png", "a'b %d.PNG"])
def test_every_value_of_colour_and_opacity_comes_back(tmp_path, name):
    write(tmp_path / name if name else tmp_path, [0.0, 0.1, 0.4], alpha=True)
    pattern = tmp_path / (name or "frame_%06d.png")
    for number in range(3):
        assert np.array_equal(read_png(numbered(pattern, number)), colours(number))
    assert len(list(tmp_path.iterdir())) == 4


def test_the_list_tells_how_long_each_is_shown(tmp_path):
    write(tmp_path / "it's %03d.png", [5.0, 5.1, 5.4, 5.5])
    with av.open(str(tmp_path / "it's .ffconcat"), options={"safe": "0"}) as film:
        times = [p.pts * p.time_base for p in film.demux(video=0) if p.pts is not None]
    assert [float(t) for t in times] == pytest.approx([0.0, 0.1, 0.4, 0.5], abs=0.04)
    durations = (tmp_path / "it's .ffconcat").read_text().split("duration ")[1:]
    shown = [float(text.split("\n")[0]) for text in durations]
    assert shown == pytest.approx([0.1, 0.3, 0.1, 0.1], abs=1e-4)


def test_without_opacity_pictures_have_three_channels(tmp_path):
    write(tmp_path, [0.0])
    assert cv2.imread(str(tmp_path / "frame_000000.png"), cv2.IMREAD_UNCHANGED).shape[2] == 3


def test_pictures_that_are_there_are_replaced_only_if_asked(tmp_path):
    write(tmp_path, [0.0])
    with pytest.raises(UsageError, match=r"frame_000000\.png exists already; add --overwrite"):
        create(tmp_path)
    write(tmp_path, [0.0, 0.1], overwrite=True)
    assert len(list(tmp_path.iterdir())) == 3
    (tmp_path / "mine_000001.png").touch()
    assert free_pattern(tmp_path / "other_%06d.png") == tmp_path / "other_%06d.png"


@pytest.mark.parametrize("name", ["a%d_%d.png", "100%_%d.png", "a%s.png", "%.png"])
def test_a_name_that_cannot_be_counted_is_refused(tmp_path, name):
    assert is_sequence(tmp_path / name)
    with pytest.raises(UsageError, match="write one number in it, such as %06d"):
        create(tmp_path / name)


def test_one_picture_is_no_film(tmp_path):
    with pytest.raises(SinkError, match=r"pictures such as face_%06d\.png"):
        create(tmp_path / "a.png")


def test_a_folder_that_goes_away_ends_it_with_one_error(tmp_path):
    folder = tmp_path / "gone"
    folder.mkdir()
    recorder = create(folder)
    folder.rmdir()
    with pytest.raises(SinkError, match=r"frame_000000\.png cannot be written: No such file"):
        recorder.send(output(picture(90)))
    recorder.close()


def test_without_a_picture_nothing_is_left(tmp_path):
    create(tmp_path).close()
    assert list(tmp_path.iterdir()) == []
