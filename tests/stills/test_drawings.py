import pytest

from livemask.errors import UsageError
from livemask.library.opening import open_model
from livemask.sources.photo import load_photo
from livemask.stills import show_model
from tests.heads import shipped


def test_a_model_is_drawn_as_a_sheet(tmp_path):
    file = tmp_path / "sheet.png"
    show_model("head", file)
    sheet = load_photo(file)
    assert min(sheet.shape[:2]) > 1000
    assert sheet.std() > 20
    with pytest.raises(UsageError, match="--overwrite"):
        show_model("head", file)


def test_a_model_is_opened_by_its_name_or_its_file():
    assert open_model("head").name == shipped().name
    with pytest.raises(UsageError, match="no model"):
        open_model("nobody")
