import pytest

from livemask.sources.pattern import is_pattern, matching


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def make(folder, *names):
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()


def found(text):
    return [file.name for file in matching(text)]


@pytest.mark.parametrize("text", ["a/*.png", "f_%04d.png", "%d", "a?.png", "[ab].png", "*/x.png"])
def test_a_name_that_stands_for_others_is_a_pattern(text):
    assert is_pattern(text)


@pytest.mark.parametrize("text", ["film.mp4", "100%.png", "a%s.png", "%d/film.mp4"])
def test_any_other_name_is_none(text):
    assert not is_pattern(text)


def test_counted_files_come_by_number_and_gaps_are_passed_over(folder):
    make(folder, "f_0003.png", "f_0001.png", "f_0010.png", "f_12345.png")
    make(folder, "f_2.png", "f_00004.png", "f_0005.jpg", "g_0006.png", "f_.png", "f_-001.png")
    assert found("f_%04d.png") == ["f_0001.png", "f_0003.png", "f_0010.png", "f_12345.png"]


def test_without_zeros_numbers_are_as_c_writes_them(folder):
    make(folder, "0.png", "2.png", "10.png", "007.png", "x.png", "²3.png")
    assert found("%d.png") == ["0.png", "2.png", "10.png"]


def test_a_shell_pattern_leaves_hidden_files_and_folders_out(folder):
    make(folder, "10.png", "9.png", ".8.png", "7.jpg", "6.png/inside")
    assert found("*.png") == ["9.png", "10.png"]


def test_folders_may_be_wild_too(folder):
    make(folder, "take 1/a.png", "take 2/a.png", "other/a.png")
    assert [f.parent.name for f in matching("take*/a.png")] == ["take 1", "take 2"]


def test_a_folder_whose_name_holds_brackets_is_taken_as_it_is(folder):
    make(folder, "film [1], 西瓜/1.png", "film 1, 西瓜/2.png")
    assert found("film [1], 西瓜/*.png") == ["1.png"]
    assert found("film [1], 西瓜/%d.png") == ["1.png"]


def test_what_fits_nothing_finds_nothing(folder):
    assert found("*.png") == found("nowhere/*.png") == found("nowhere/%d.png") == []
