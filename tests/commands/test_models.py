import pytest
from click.testing import CliRunner

from livemask import cli
from livemask.errors import UsageError
from tests.models import basel


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("LIVEMASK_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "models"


@pytest.fixture
def file(tmp_path):
    return basel.write_h5(tmp_path / "face12.h5")


def said(*words):
    done = CliRunner().invoke(cli.commands, [str(w) for w in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_model_is_imported_listed_and_removed(file, store):
    answer = said("models", "import", file)
    assert "face12: bfm2017, 2400 vertices, 3 identity components, 6 expressions" in answer
    assert "--model face12" in answer
    listed = said("models")
    assert "face12" in listed
    assert answer.split("SHA-256 ")[1][:12] in listed
    assert "is removed" in said("models", "remove", "face12")
    assert list(store.iterdir()) == []


def test_models_that_can_be_worn_come_before_the_kinds_of_files_that_can_be_imported(file):
    said("models", "import", file)
    lines = said("models").splitlines()
    first = [line.split()[0] for line in lines if line.strip()]
    assert first[:4] == ["model", "head", "face12", "Kinds"]
    assert first.index("bfm2009") > first.index("Kinds")
    assert first.count("head") == 1


def test_without_imports_it_is_told_how_to_import():
    assert "livemask models import FILE" in said("models")


def test_a_broken_model_does_not_hide_the_others(file, store):
    said("models", "import", file, "--name", "good")
    said("models", "import", file, "--name", "bad")
    (store / "bad" / "manifest.json").write_text("no")
    listed = said("models")
    assert "good" in listed
    assert "import it again" in listed


def test_a_name_that_leads_out_of_the_store_is_refused(file, tmp_path):
    precious = tmp_path / "precious"
    precious.mkdir()
    for words in (("import", str(file), "--name", "../../x"), ("remove", "../../precious")):
        with pytest.raises(UsageError):
            said("models", *words)
    assert precious.is_dir()
    assert not (tmp_path / "x").exists()


def test_an_imported_model_is_drawn(file, tmp_path):
    said("models", "import", file, "--name", "basel")
    picture = tmp_path / "sheet.png"
    said("models", "show", "basel", "-o", picture)
    assert picture.stat().st_size > 10_000
