import numpy as np
import pytest

from livemask.sinks.film.coding import coding
from livemask.sinks.film.fragments import Fragments
from livemask.sinks.film.planes import as_stored
from livemask.sinks.film.remux import remux
from livemask.sinks.film.ticks import CLOCK
from tests.sinks.films import boxes, length, make_film, picture, read, record


def test_a_finished_file_is_a_plain_one_with_its_table_of_contents_first(tmp_path):
    record(tmp_path / "a.mp4", np.arange(60) / 30)
    kinds = boxes(tmp_path / "a.mp4")
    assert "moof" not in kinds
    assert kinds.index("moov") < kinds.index("mdat")
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"]


@pytest.mark.parametrize("ending", [".mp4", ".mov", ".mkv", ".webm"])
def test_a_copy_has_the_same_pictures_at_the_same_times(tmp_path, ending):
    film, copy = tmp_path / f"film{ending}", tmp_path / f"copy{ending}"
    fragments = Fragments(film, (64, 48), 25.0, coding(ending))
    for i in range(50):
        fragments.write(as_stored(picture(5 * i), "yuv420p"), i * CLOCK // 25, CLOCK // 25, i == 0)
    fragments.close()
    remux(film, copy, 2.0)
    for before, after in zip(read(film), read(copy), strict=True):
        assert np.array_equal(before, after)
    assert length(copy) == pytest.approx(2.0, abs=1e-3)


def test_sound_that_starts_first_delays_the_pictures(tmp_path):
    make_film(tmp_path / "in.mp4", picture_start=0.3)
    record(tmp_path / "film.mp4", np.arange(75) / 25)
    remux(tmp_path / "film.mp4", tmp_path / "copy.mp4", 3.0, tmp_path / "in.mp4")
    assert read(tmp_path / "copy.mp4")[0][0] == pytest.approx(0.3, abs=1e-4)
