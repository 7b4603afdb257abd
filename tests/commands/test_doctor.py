import json

import pytest

from livemask import cli
from livemask.commands import doctor as command
from livemask.doctor import examination
from livemask.doctor.finding import Finding, Section, State
from tests.test_cli_trouble import ASCII, livemask

FINE = Section("Python", (Finding("Python", State.OK, "3.14", facts={"version": "3.14"}),))
LACKS = Section("Packages", (Finding("dlib", State.MISSING, "西瓜", "pip install dlib", True),))


@pytest.fixture
def doctor(monkeypatch, capsys):
    """The command, for what an examination found."""

    def run(*sections, words=()):
        monkeypatch.setattr(examination, "examination", lambda: sections)
        code = 0
        try:
            cli.commands.main(["doctor", *words], standalone_mode=False)
        except SystemExit as error:
            code = error.code
        return code, capsys.readouterr().out

    return run


def test_a_machine_that_works_is_told_so(doctor):
    code, said = doctor(FINE)
    assert code == 0
    assert said.splitlines() == ["ok      Python: Python: 3.14", command._WORKS]


def test_a_machine_that_does_not_work_is_told_what_stops_it(doctor):
    code, said = doctor(FINE, LACKS)
    assert code == 1
    assert "missing Packages: dlib: 西瓜 -> pip install dlib" in said.splitlines()
    assert said.splitlines()[-1].endswith("mended: dlib")


def test_programs_get_the_same(doctor):
    code, said = doctor(FINE, LACKS, words=["--json"])
    report = json.loads(said)
    assert code == 1
    assert (report["version"], report["works"]) == (1, False)
    assert report["findings"][0]["facts"] == {"version": "3.14"}
    assert report["findings"][1] == {
        "section": "Packages", "name": "dlib", "state": "missing", "text": "西瓜",
        "cure": "pip install dlib", "needed": True, "facts": {},
    }  # fmt: skip


@pytest.mark.parametrize("environment", [{}, ASCII], ids=["usual", "ascii"])
def test_this_machine_is_examined(environment):
    done = livemask("doctor", **environment)
    assert "Traceback" not in done.stderr
    assert "cannot be examined" not in done.stdout
    assert done.returncode == 0, done.stdout
    titles = {line[8:].partition(":")[0] for line in done.stdout.splitlines()[:-1]}
    assert titles == {check.title for check in examination.CHECKS}


def test_every_key_of_the_answer_for_programs_is_described():
    from pathlib import Path

    page = (Path(__file__).parents[2] / "docs" / "doctor.md").read_text("utf-8")
    report = command._report((FINE,), works=True)
    keys = {*report, *report["findings"][0]}
    assert [key for key in keys if f"| `{key}` |" not in page] == []
    assert [title for title in {c.title for c in examination.CHECKS} if title not in page] == []
