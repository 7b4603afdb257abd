import struct

import pytest

from livemask.sinks.film.coding import coding
from livemask.sinks.film.fragments import Fragments, plays
from livemask.sinks.film.planes import as_stored
from livemask.sinks.film.ticks import CLOCK
from livemask.sinks.recorder import create
from tests.sinks.films import boxes, output, picture, read


def opened(file, **options):
    return Fragments(file, (64, 48), 25.0, coding(file.suffix, **options))


def write(file, seconds=1):
    """Write a film of 25 pictures a second and leave it open."""
    fragments = opened(file)
    for i in range(25 * seconds):
        fragments.write(
            as_stored(picture(5 * i), "yuv420p"), i * CLOCK // 25, CLOCK // 25, i % 25 == 0
        )
    return fragments


def test_while_it_is_written_the_file_plays_to_within_the_last_second(tmp_path):
    recorder = create(tmp_path / "a.mp4")
    for i in range(120):
        recorder.send(output(picture(i), i / 30, i))
    times, _ = read(tmp_path / "a.mp4")
    assert times[-1] > 120 / 30 - 1.0
    assert "moof" in boxes(tmp_path / "a.mp4")
    recorder.close()


@pytest.mark.parametrize("beyond_its_table", [-100, -1, 0, 5, 12])
def test_a_torn_last_fragment_is_cut_off(tmp_path, beyond_its_table):
    write(tmp_path / "a.mp4").close()
    whole = (tmp_path / "a.mp4").read_bytes()
    last = whole.rindex(b"moof") - 4
    (table,) = struct.unpack_from(">I", whole, last)
    with (tmp_path / "a.mp4").open("ab") as stream:
        stream.write(whole[last : last + table + beyond_its_table])
    assert write_nothing_more(tmp_path / "a.mp4")
    assert (tmp_path / "a.mp4").read_bytes() == whole


def write_nothing_more(file):
    """Abandon a film whose file already is as a full disk would leave it."""
    torn = file.read_bytes()
    fragments = opened(file)
    fragments._container.close()
    file.write_bytes(torn)
    return fragments.abandon()


@pytest.mark.parametrize("ending", [".mp4", ".mov", ".mkv", ".webm"])
def test_what_was_written_before_it_was_abandoned_plays(tmp_path, ending):
    assert write(tmp_path / f"a{ending}", seconds=2).abandon()
    assert len(read(tmp_path / f"a{ending}")[0]) > 40


def test_an_abandoned_film_without_a_picture_does_not_play(tmp_path):
    assert not opened(tmp_path / "a.mp4").abandon()


def test_what_is_no_film_does_not_play(tmp_path):
    (tmp_path / "a.mp4").write_text("no film at all")
    assert not plays(tmp_path / "a.mp4")
    assert not plays(tmp_path / "missing.mp4")
