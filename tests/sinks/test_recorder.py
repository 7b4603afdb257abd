from dataclasses import replace

import av
import numpy as np
import pytest

from livemask.errors import SinkError, UsageError
from livemask.sinks.recorder import create
from tests.sinks.films import length, output, picture, read, record


def key_times(file):
    with av.open(str(file)) as film:
        return [f.time for f in film.decode(video=0) if f.key_frame]


@pytest.mark.parametrize("ending", [".mp4", ".mov", ".mkv", ".MP4"])
def test_pictures_come_back_at_their_true_times(tmp_path, ending):
    gaps = np.random.default_rng(4).uniform(0.005, 0.4, 40)
    times = np.cumsum(gaps)
    record(tmp_path / f"a{ending}", 3.0 + times)
    got, images = read(tmp_path / f"a{ending}")
    tick = 1e-3 if ending == ".mkv" else 1 / 90000
    assert np.abs(got - (times - times[0])).max() <= tick
    assert images.shape == (40, 48, 64, 3)


@pytest.mark.parametrize("colour", [(200, 60, 40), (20, 200, 90), (30, 40, 220), (128, 128, 128)])
def test_a_colour_comes_back_within_a_few_levels(tmp_path, colour):
    record(tmp_path / "a.mp4", [0.0, 0.1], size=(1280, 720), colour=colour)
    _, images = read(tmp_path / "a.mp4")
    assert np.abs(images.astype(int) - colour).max() <= 4


def test_the_stream_says_how_its_colours_are_meant(tmp_path):
    record(tmp_path / "a.mp4", [0.0, 0.1])
    with av.open(str(tmp_path / "a.mp4")) as film:
        context = film.streams.video[0].codec_context
        # ITU-T H.273: limited range, BT.601 matrix, BT.709 primaries and transfer
        assert (context.color_range, context.colorspace) == (1, 6)
        assert (context.color_primaries, context.color_trc) == (1, 1)
        assert (context.name, context.pix_fmt) == ("h264", "yuv420p")


def test_a_detailed_picture_keeps_its_detail(tmp_path):
    y, x = np.mgrid[0:120, 0:160]
    image = np.stack([128 + 100 * np.sin(x / 5), 128 + 90 * np.cos(y / 4), x + 0 * y], -1)
    image = image.astype(np.uint8)
    recorder = create(tmp_path / "a.mp4")
    for i in range(20):
        recorder.send(output(image, i / 30, i))
    recorder.close()
    error = read(tmp_path / "a.mp4")[1][-1].astype(float) - image
    assert 10 * np.log10(255**2 / np.mean(error**2)) > 30.0


@pytest.mark.parametrize("rate", [30, 7])
def test_there_is_a_key_picture_in_each_second(tmp_path, rate):
    record(tmp_path / "a.mp4", np.arange(4 * rate + 1) / rate)
    assert key_times(tmp_path / "a.mp4") == pytest.approx([0, 1, 2, 3, 4], abs=1e-4)


def test_the_last_picture_lasts_as_long_as_the_others(tmp_path):
    record(tmp_path / "a.mp4", np.arange(50) / 25)
    assert length(tmp_path / "a.mp4") == pytest.approx(2.0, abs=1e-3)


def test_a_single_picture_lasts_as_long_as_the_rate_says(tmp_path):
    record(tmp_path / "a.mp4", [7.0], rate=5.0)
    assert length(tmp_path / "a.mp4") == pytest.approx(0.2, abs=1e-3)


def test_times_that_stand_still_or_go_back_do_not_break_the_film(tmp_path):
    record(tmp_path / "a.mp4", [0.0, 0.1, 0.1, 0.05, 0.2, 0.3])
    got, _ = read(tmp_path / "a.mp4")
    assert got == pytest.approx([0.0, 0.1, 0.1, 0.1, 0.2, 0.3], abs=1e-4)
    assert (np.diff(got) > 0).all()


@pytest.mark.parametrize("size", [(63, 48), (64, 47), (33, 35), (1, 1)])
def test_an_odd_size_is_padded_with_its_edge(tmp_path, size):
    record(tmp_path / "a.mp4", np.arange(5) / 25, size=size, colour=(200, 60, 40))
    _, images = read(tmp_path / "a.mp4")
    assert images.shape == (5, size[1] + size[1] % 2, size[0] + size[0] % 2, 3)
    assert np.abs(images.astype(int) - (200, 60, 40)).max() <= 4


def test_a_picture_of_another_size_is_fitted_into_the_first(tmp_path):
    recorder = create(tmp_path / "a.mp4")
    recorder.send(output(picture(200, (64, 48)), 0.0))
    recorder.send(output(picture(200, (64, 24)), 0.1))
    recorder.close()
    _, images = read(tmp_path / "a.mp4")
    assert images.shape == (2, 48, 64, 3)
    assert images[1, :8].mean() < 30
    assert images[1, 20:28].mean() == pytest.approx(200, abs=6)


def test_a_picture_with_opacity_is_recorded_without(tmp_path):
    recorder = create(tmp_path / "a.mp4")
    image = np.dstack([picture((200, 60, 40)), np.zeros((48, 64), np.uint8)])
    recorder.send(output(image, 0.0))
    recorder.close()
    assert np.abs(read(tmp_path / "a.mp4")[1].astype(int) - (200, 60, 40)).max() <= 4


def test_the_same_pictures_give_the_same_bytes(tmp_path):
    for name in ("a.mp4", "b.mp4"):
        record(tmp_path / name, np.arange(30) / 30, size=(320, 240))
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


def test_without_a_picture_there_is_no_file(tmp_path):
    record(tmp_path / "a.mp4", [])
    assert list(tmp_path.iterdir()) == []


def test_closing_twice_does_nothing(tmp_path):
    recorder = create(tmp_path / "a.mp4")
    recorder.send(output(picture(90)))
    recorder.close()
    before = (tmp_path / "a.mp4").stat()
    recorder.close()
    assert (tmp_path / "a.mp4").stat() == before


def test_an_existing_film_is_refused_and_left_alone(tmp_path):
    (tmp_path / "a.mp4").write_text("dear to me")
    with pytest.raises(UsageError, match="exists already"):
        create(tmp_path / "a.mp4")
    create(tmp_path / "a.mp4", overwrite=True).close()  # no picture came
    assert (tmp_path / "a.mp4").read_text() == "dear to me"
    record(tmp_path / "a.mp4", [0.0, 0.1], overwrite=True)
    assert len(read(tmp_path / "a.mp4")[0]) == 2


def test_an_unknown_ending_is_one_error_that_names_those_that_work(tmp_path):
    with pytest.raises(SinkError, match=r"use one of \.mp4, \.mov, \.mkv, \.webm, a folder"):
        create(tmp_path / "a.avi")


def test_a_file_that_cannot_be_opened_any_more_is_one_error(tmp_path):
    folder = tmp_path / "gone"
    folder.mkdir()
    recorder = create(folder / "a.mp4")
    folder.rmdir()
    with pytest.raises(SinkError, match=r"a\.mp4 cannot be written: No such file"):
        recorder.send(output(picture(90)))
    recorder.close()


def test_live_sixty_pictures_may_wait_and_from_a_film_few(tmp_path):
    assert create(tmp_path / "a.mp4", live=True).capacity == 60
    assert create(tmp_path / "a.mp4").capacity < 10


def bare(number):
    """Return what the renderer hands on: the frame is dark where the picture is bright."""
    seen = output(picture(200), number / 25, number)
    return replace(seen, frame=replace(seen.frame, image=picture(30, (48, 32))))


def test_the_bare_film_has_the_frames_at_the_same_times(tmp_path):
    recorder = create(tmp_path / "a.mp4", raw=tmp_path / "bare.mkv")
    gaps = np.cumsum(np.random.default_rng(1).uniform(0.01, 0.1, 20))
    for i, time in enumerate(gaps):
        recorder.send(replace(bare(i), time=time))
    recorder.close()
    times, images = read(tmp_path / "a.mp4")
    bare_times, frames = read(tmp_path / "bare.mkv")
    assert bare_times == pytest.approx(times, abs=1e-3)
    assert images.shape[1:3] == (48, 64)
    assert frames.shape[1:3] == (32, 48)
    assert np.abs(images.astype(int) - 200).max() <= 5
    assert np.abs(frames.astype(int) - 30).max() <= 5


def test_no_frame_is_written_unless_asked_for(tmp_path):
    recorder = create(tmp_path / "a.mp4")
    for i in range(5):
        recorder.send(bare(i))
    recorder.close()
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]
    assert read(tmp_path / "a.mp4")[1].min() > 190


def test_the_bare_film_is_no_other_than_the_masked_one(tmp_path):
    with pytest.raises(UsageError, match="named for two outputs"):
        create(tmp_path / "a.mp4", raw=tmp_path / "a.mp4")


def test_a_bare_film_that_cannot_be_written_leaves_the_masked_one_whole(tmp_path, caplog):
    folder = tmp_path / "gone"
    folder.mkdir()
    recorder = create(tmp_path / "a.mp4", raw=folder / "bare.mp4")
    folder.rmdir()
    for i in range(10):
        recorder.send(bare(i))
    with pytest.raises(SinkError, match=r"lacks its end: .*bare\.mp4 cannot be written"):
        recorder.close()
    assert len(read(tmp_path / "a.mp4")[0]) == 10
    (line,) = [r.getMessage() for r in caplog.records if r.name == "livemask"]
    assert line.startswith("the film of what was not masked has ended, the rest goes on: ")


def test_opacity_is_taken_only_by_a_film_that_keeps_it(tmp_path):
    kept = {
        name: create(tmp_path / name, alpha=True).takes_alpha
        for name in ("a.mp4", "a.mkv", "a.webm", "a.mov", "a_%d.png")
    }
    assert [name for name, taken in kept.items() if taken] == ["a.webm", "a.mov", "a_%d.png"]
    assert not create(tmp_path / "b.webm").takes_alpha


def test_a_codec_or_quality_that_is_none_is_refused(tmp_path):
    with pytest.raises(UsageError, match="--record-quality super"):
        create(tmp_path / "a.mp4", quality="super")
    with pytest.raises(UsageError, match="does not hold theora"):
        create(tmp_path / "a.mp4", codec="theora")
