import gc
import logging
import os
import weakref
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from livemask import plugins
from livemask.errors import SourceError
from livemask.sources import film
from livemask.sources.video import VideoSource
from tests.sources.films import (
    DISPLAY_MATRICES,
    LOSSLESS,
    corners,
    names_of_corners,
    number,
    numbered,
    turn,
    write_film,
    write_sound,
)

VIDEOS = Path(__file__).resolve().parents[3] / "shared" / "data" / "videos"


def read_all(path):
    """Return the frames of a film; it is closed."""
    source = VideoSource(path)
    frames = list(iter(source.read, None))
    source.close()
    return frames


def numbers(path):
    return [number(frame.image) for frame in read_all(path)]


def test_films_are_a_plug_in():
    assert "video" in plugins.names("sources")


def test_every_frame_of_a_film_comes_in_order(tmp_path):
    path = write_film(tmp_path / "film.mp4", [numbered(i) for i in range(30)])
    frames = read_all(path)
    assert [number(frame.image) for frame in frames] == list(range(30))
    assert [frame.index for frame in frames] == list(range(30))
    assert [frame.time for frame in frames] == pytest.approx([i / 25 for i in range(30)])


def test_a_film_tells_size_rate_count_and_file(tmp_path):
    path = write_film(tmp_path / "film.mp4", [numbered(i) for i in range(7)])
    source = VideoSource(path)
    source.close()
    assert (source.size, source.rate, source.count) == ((64, 48), 25.0, 7)
    assert not source.live
    assert source.path == path


def test_frames_are_rgb_contiguous_and_read_only(tmp_path):
    for size, orientation in (((64, 48), 1), ((70, 50), 6), ((70, 50), 2)):
        film = write_film(tmp_path / "film.mp4", [corners(size)])
        (frame,) = read_all(turn(film, orientation))
        assert frame.image.dtype == np.uint8
        assert frame.image.flags.c_contiguous
        assert not frame.image.flags.writeable


@pytest.mark.parametrize(
    ("name", "codec", "pixel_format"),
    [
        ("film.mkv", "libx264", "yuv420p"),
        ("film.mp4", "mpeg4", "yuv420p"),
        ("film.avi", "mpeg4", "yuv420p"),
        ("film.avi", "mjpeg", "yuvj420p"),
        ("film.webm", "libvpx-vp9", "yuv420p"),
        ("film.mov", "png", "rgb24"),
        ("film.mov", "png", "gray"),
        ("film.gif", "gif", "rgb8"),
        ("film.ts", "libx264", "yuv420p"),
        ("film.mp4", "libx264", "yuv420p10le"),
        ("film.mp4", "libx264", "yuv422p"),
        ("film.mp4", "libx264", "yuv444p"),
        ("film.mkv", "ffv1", "yuv420p16le"),
        ("film.mkv", "ffv1", "gray16le"),
        ("film.mkv", "ffv1", "bgr0"),
        ("film.mp4", "libx264", "gray10le"),
    ],
)
def test_films_of_many_kinds_give_their_pictures(tmp_path, name, codec, pixel_format):
    options = {"libx264": LOSSLESS, "mpeg4": {"qmax": "2"}, "mjpeg": {"qmax": "2"}}
    images = [numbered(3 * i) for i in range(8)]
    # Grey pictures are made with white at 255 and must be tagged so.
    tags = {"color_range": 2} if pixel_format.startswith("gray") else {}
    path = write_film(
        tmp_path / name, images, codec, pixel_format, options=options.get(codec), **tags
    )
    assert numbers(path) == pytest.approx([3 * i for i in range(8)], abs=1)


@pytest.mark.parametrize(("codec", "pixel_format"), [("ffv1", "yuv420p"), ("libx264", "yuv444p")])
def test_odd_sizes_are_kept(tmp_path, codec, pixel_format):
    path = write_film(tmp_path / "film.mkv", [corners((63, 47))], codec, pixel_format)
    (frame,) = read_all(path)
    assert frame.size == (63, 47)
    assert names_of_corners(frame.image) == "RGBW"


def test_what_is_transparent_lies_on_white(tmp_path):
    half = np.dstack([numbered(0), np.full((48, 64), 128, np.uint8)])
    path = write_film(tmp_path / "film.mov", [half], "png", "rgba")
    (frame,) = read_all(path)
    assert frame.image.astype(int) == pytest.approx(20 * 128 / 255 + 255 * 127 / 255, abs=1)


def test_varying_times_are_kept(tmp_path):
    times = [0.0, 0.04, 0.1, 0.5, 0.51, 1.25]
    for name in ("film.mp4", "film.mkv"):
        path = write_film(tmp_path / name, [numbered(i) for i in range(6)], times=times)
        assert [frame.time for frame in read_all(path)] == pytest.approx(times, abs=1e-3)


def test_times_count_from_the_first_frame(tmp_path):
    times = [3.0, 3.04, 3.1]
    path = write_film(tmp_path / "film.mkv", [numbered(i) for i in range(3)], times=times)
    assert [frame.time for frame in read_all(path)] == pytest.approx([0, 0.04, 0.1], abs=1e-3)


def test_a_bare_stream_without_times_runs_at_its_rate(tmp_path):
    path = write_film(tmp_path / "film.h264", [numbered(i) for i in range(6)])
    frames = read_all(path)
    assert [number(frame.image) for frame in frames] == list(range(6))
    assert [frame.time for frame in frames] == pytest.approx([i / 25 for i in range(6)])


def test_joined_transport_streams_run_on_and_keep_the_first_size(tmp_path):
    first = write_film(tmp_path / "1.ts", [numbered(i) for i in range(10)])
    second = write_film(tmp_path / "2.ts", [numbered(i, (96, 64)) for i in range(10, 20)])
    joined = tmp_path / "joined.ts"
    joined.write_bytes(first.read_bytes() + second.read_bytes())
    frames = read_all(joined)
    assert [number(frame.image) for frame in frames] == list(range(20))
    assert {frame.size for frame in frames} == {(64, 48)}
    assert [frame.time for frame in frames] == pytest.approx([i / 25 for i in range(20)])


UPRIGHT_CORNERS = {
    1: "RGBW",
    2: "GRWB",
    3: "WBGR",
    4: "BWRG",
    5: "RBGW",
    6: "BRWG",
    7: "WGBR",
    8: "GWRB",
}


@pytest.mark.parametrize("orientation", DISPLAY_MATRICES)
def test_turned_films_are_shown_upright(tmp_path, orientation):
    path = turn(write_film(tmp_path / "film.mp4", [corners((64, 48))]), orientation)
    source = VideoSource(path)
    frame = source.read()
    source.close()
    assert source.size == frame.size == ((64, 48) if orientation < 5 else (48, 64))
    assert names_of_corners(frame.image) == UPRIGHT_CORNERS[orientation]


def test_a_phone_that_was_held_upright_gives_a_tall_picture(tmp_path):
    # Its sensor lies on its side: what is above for the viewer is stored at the left.
    sideways = np.rot90(corners((48, 64)))
    path = turn(write_film(tmp_path / "film.mp4", [np.ascontiguousarray(sideways)]), 6)
    (frame,) = read_all(path)
    assert frame.size == (48, 64)
    assert names_of_corners(frame.image) == "RGBW"


@pytest.mark.parametrize(("degrees", "orientation"), [(90, 6), (180, 3), (270, 8), (-90, 8)])
def test_the_rotation_tag_of_older_films_is_followed(tmp_path, degrees, orientation):
    path = tmp_path / "film.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.metadata["rotate"] = str(degrees)
        container.mux(stream.encode(av.VideoFrame.from_ndarray(corners(), format="rgb24")))
        container.mux(stream.encode(None))
    (frame,) = read_all(path)
    assert names_of_corners(frame.image) == UPRIGHT_CORNERS[orientation]


@pytest.mark.parametrize(("orientation", "size"), [(1, (96, 48)), (6, (48, 96))])
def test_pixels_that_are_not_square_are_made_square(tmp_path, orientation, size):
    film = write_film(
        tmp_path / "film.mp4", [corners((64, 48))], sample_aspect_ratio=Fraction(3, 2)
    )
    turn(film, orientation)
    (frame,) = read_all(film)
    assert frame.size == size


def test_the_larger_of_two_streams_of_pictures_is_the_film(tmp_path):
    path = tmp_path / "film.mkv"
    with av.open(str(path), "w") as container:
        for size in ((32, 32), (64, 48)):
            stream = container.add_stream("libx264", rate=25)
            stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for stream in container.streams.video:
            image = numbered(5, (stream.width, stream.height))
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
            container.mux(stream.encode(None))
    assert [frame.size for frame in read_all(path)] == [(64, 48)]


@pytest.mark.parametrize("name", ["a:b.mp4", "p%03d.mp4", "film with blanks.mp4", "fílm ♥.mp4"])
def test_any_name_of_a_file_will_do(tmp_path, name):
    path = write_film(tmp_path / "film.mp4", [numbered(3)]).rename(tmp_path / name)
    assert numbers(path) == [3]


# Faults


def refused(path):
    """Return the one line with which a file is refused."""
    with pytest.raises(SourceError) as error:
        VideoSource(path)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_missing_film_is_named(tmp_path):
    assert "there is no film" in refused(tmp_path / "none.mp4")


def test_an_empty_film_is_called_empty(tmp_path):
    (tmp_path / "empty.mp4").touch()
    assert "empty.mp4 is empty" in refused(tmp_path / "empty.mp4")


def test_a_folder_is_no_film(tmp_path):
    assert "is a folder" in refused(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes of Unix")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.mp4")
    assert "pipe" in refused(tmp_path / "pipe.mp4")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("film.mp4", b"hello, I am not a film\n" * 100),
        ("film.txt", b"\x1b[31mhello\n" * 100),
        ("film.srt", b"1\n00:00:01,000 --> 00:00:02,000\nhello\n\n"),
        ("film.mp4", bytes(5000)),
        ("film.m3u8", b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:1/a.ts\n"),
        ("film.ffconcat", b"ffconcat version 1.0\nfile /etc/hostname\n"),
    ],
)
def test_files_of_other_kinds_and_play_lists_are_no_films(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert "cannot be read as a film" in refused(tmp_path / name)


def test_sound_alone_is_no_film(tmp_path):
    assert "holds no pictures" in refused(write_sound(tmp_path / "sound.m4a"))


def test_the_cover_of_a_sound_file_is_no_film(tmp_path):
    path = write_sound(tmp_path / "sound.mp4", cover=corners())
    with av.open(str(path)) as container:
        assert len(container.streams.video) == 1
    assert "holds no pictures" in refused(path)


def test_an_mp4_whose_table_was_never_written_is_refused(tmp_path):
    path = write_film(tmp_path / "film.mp4", [noisy(i) for i in range(20)])
    path.write_bytes(path.read_bytes()[:2000])
    assert "is it whole" in refused(path)


def test_an_absurd_size_is_refused(tmp_path, monkeypatch):
    path = write_film(tmp_path / "film.mp4", [numbered(1)])
    monkeypatch.setattr("livemask.sources.pixels.LARGEST", 1000)
    assert "64x48 pixels" in refused(path)


def noisy(index):
    noise = np.random.default_rng(index).integers(0, 30, (120, 160, 3), np.uint8)
    return numbered(index % 50, (160, 120)) + noise


@pytest.mark.parametrize("name", ["film.mp4", "film.mkv"])
def test_a_film_that_was_cut_short_plays_to_the_cut_and_warns(tmp_path, caplog, name):
    images = [noisy(i) for i in range(120)]
    path = write_film(tmp_path / name, images, mux={"movflags": "faststart"} if "4" in name else {})
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 3])
    with caplog.at_level(logging.WARNING, "livemask"):
        frames = read_all(path)
    assert 20 < len(frames) < 60
    assert "is damaged or cut short" in caplog.text
    assert caplog.text.count("WARNING") == 1


def test_a_film_with_a_hole_plays_on_after_it_and_warns(tmp_path, caplog):
    images = [noisy(i) for i in range(60)]
    path = write_film(
        tmp_path / "film.mp4", images, options={"g": "10", "bf": "0"}, mux={"movflags": "faststart"}
    )
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + len(data) // 20] = bytes(len(data) // 20)
    path.write_bytes(data)
    with caplog.at_level(logging.WARNING, "livemask"):
        frames = read_all(path)
    assert 40 < len(frames) < 60
    assert (np.diff([frame.time for frame in frames]) > 0).all()
    assert frames[-1].time == pytest.approx(59 / 25, abs=0.1)
    assert np.abs(frames[-1].image.astype(int) - images[-1]).mean() < 12
    assert "is damaged or cut short" in caplog.text


@pytest.mark.parametrize(("place", "missing"), [(0.3, 1), (0.5, 0)])
def test_a_small_hole_costs_a_frame_at_most_and_is_told(tmp_path, caplog, place, missing):
    images = [noisy(i) for i in range(60)]
    path = write_film(
        tmp_path / "film.mp4", images, options={"g": "10", "bf": "0"}, mux={"movflags": "faststart"}
    )
    data = bytearray(path.read_bytes())
    start = int(len(data) * place)
    data[start : start + 20] = bytes(20)
    path.write_bytes(data)
    with caplog.at_level(logging.WARNING, "livemask"):
        frames = read_all(path)
    assert 60 - len(frames) <= missing
    assert "is damaged or cut short" in caplog.text


def test_a_frame_that_cannot_be_decoded_is_left_out_and_told(tmp_path, caplog):
    path = write_film(tmp_path / "film.mov", [numbered(i) for i in range(9)], "png", "rgb24")
    parts = path.read_bytes().split(b"\x89PNG")
    path.write_bytes(b"\x89PNG".join(parts[:5]) + b"\x89BAD" + b"\x89PNG".join(parts[5:]))
    with caplog.at_level(logging.WARNING, "livemask"):
        frames = read_all(path)
    assert [number(frame.image) for frame in frames] == [0, 1, 2, 3, 5, 6, 7, 8]
    assert [frame.index for frame in frames] == list(range(8))
    assert frames[4].time == pytest.approx(5 / 25)
    assert "is damaged or cut short" in caplog.text


def test_a_whole_film_says_nothing(tmp_path, caplog, capfd):
    for name in ("film.mp4", "film.mkv"):
        read_all(write_film(tmp_path / name, [noisy(i) for i in range(60)]))
    assert caplog.text == ""
    assert capfd.readouterr() == ("", "")


def test_a_film_that_cannot_be_decoded_at_all_is_refused(tmp_path):
    path = write_film(tmp_path / "film.mp4", [noisy(0)], mux={"movflags": "faststart"})
    data = bytearray(path.read_bytes())
    start = data.index(b"mdat") + 4
    data[start:] = bytes(len(data) - start)
    path.write_bytes(data)
    assert "can be decoded" in refused(path)


# Resources


def open_files(path):
    folder = Path("/proc/self/fd")
    links = [link.readlink() for link in folder.iterdir() if link.is_symlink()]
    return [link for link in links if link == path]


def test_closing_twice_closes_the_file_and_ends_the_reading(tmp_path):
    path = write_film(tmp_path / "film.mp4", [numbered(i) for i in range(30)])
    source = VideoSource(path)
    source.read()
    source.close()
    source.close()
    assert source.read() is None
    path.unlink()  # Windows refuses this while it is open


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="Linux tells what is open")
def test_no_file_stays_open(tmp_path):
    path = write_film(tmp_path / "film.mp4", [numbered(i) for i in range(30)])
    source = VideoSource(path)
    assert open_files(path)
    source.close()
    assert not open_files(path)
    sound = write_sound(tmp_path / "sound.m4a")
    refused(sound)
    assert not open_files(sound)


def test_frames_that_nobody_holds_are_freed_at_once(tmp_path):
    path = write_film(tmp_path / "film.mp4", [numbered(i) for i in range(30)])
    source = VideoSource(path)
    gc.disable()
    try:
        held = [weakref.ref(source.read().image) for _ in range(30)]
        assert sum(image() is not None for image in held) == 0
    finally:
        gc.enable()
        source.close()


def test_frames_that_are_held_do_not_change(tmp_path):
    path = write_film(tmp_path / "film.mp4", [numbered(i) for i in range(30)])
    assert numbers(path) == [number(frame.image) for frame in read_all(path)] == list(range(30))


def test_the_count_is_estimated_where_the_file_only_knows_its_length(tmp_path):
    source = VideoSource(write_film(tmp_path / "film.mkv", [numbered(i) for i in range(30)]))
    source.close()
    assert source.count == pytest.approx(30, abs=1)


def test_an_absurd_rate_is_no_rate():
    class Stream:
        average_rate, guessed_rate = Fraction(90_000), None

    assert film._rate(Stream()) is None


def test_a_picture_that_is_absurd_on_the_way_is_refused(tmp_path, monkeypatch):
    source = VideoSource(write_film(tmp_path / "film.mp4", [numbered(0), numbered(1)]))
    monkeypatch.setattr("livemask.sources.pixels.LARGEST", 1000)
    with pytest.raises(SourceError, match="64x48 pixels"):
        source.read()
    source.close()


# Real clips, where they are


def clips():
    """Yield name, size, rate and number of frames from the table beside the clips."""
    readme = VIDEOS.parent / "README.md"
    lines = readme.read_text("utf-8").splitlines() if readme.is_file() else []
    for line in lines:
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 6 and cells[1].endswith(".mp4`"):
            size = tuple(int(side) for side in cells[3].split("x"))
            yield cells[1].strip("`"), size, float(cells[4]), int(cells[5])


@pytest.mark.skipif(not VIDEOS.is_dir(), reason="the real clips are not on this machine")
def test_the_real_clips_decode_with_the_number_of_frames_of_their_table(caplog):
    found = list(clips())
    assert len(found) > 5
    for name, size, rate, count in found:
        source = VideoSource(VIDEOS / name)
        times = [frame.time for frame in iter(source.read, None)]
        source.close()
        assert (name, source.size, source.count, len(times)) == (name, size, count, count)
        assert source.rate == pytest.approx(rate, abs=0.01)
        assert (np.diff(times) > 0).all()
        assert times[-1] == pytest.approx((count - 1) / source.rate, abs=0.05)
    assert caplog.text == ""
