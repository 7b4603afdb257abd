import sys

import pytest

from livemask.doctor import apart, examination
from livemask.doctor.examination import CHECKS, Check
from livemask.doctor.finding import Finding, Section, State, stops_work

BROKEN = """
import ctypes, os, sys, time
def examine(system, how):
    if how == "crash":
        os.abort()
    if how == "hang":
        time.sleep(60)
    if how == "exit":
        sys.exit(3)
    if how == "chat":
        print("a library says hello")
        os.write(1, b"and again")
    from livemask.doctor.finding import Finding, State
    yield Finding("melon", State.NOTE, "西瓜", facts={"n": 1})
"""


@pytest.fixture
def broken(tmp_path, monkeypatch):
    """A check of its own, beside the shipped ones."""
    import livemask.doctor

    (tmp_path / "broken.py").write_text(BROKEN, "utf-8")
    sitecustomize = f"import livemask.doctor as d; d.__path__.append({str(tmp_path)!r})"
    (tmp_path / "sitecustomize.py").write_text(sitecustomize, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(livemask.doctor, "__path__", [*livemask.doctor.__path__, str(tmp_path)])
    yield
    sys.modules.pop("livemask.doctor.broken", None)


def only(sections):
    ((finding,),) = (section.findings for section in sections)
    return finding


def examined(*checks):
    return examination.examination(checks)


def test_a_finding_comes_whole_from_another_process(broken):
    finding = only(examined(Check("Test", "broken", arguments=("chat",))))
    assert finding == Finding("melon", State.NOTE, "西瓜", facts={"n": 1})


@pytest.mark.parametrize(("how", "word"), [("crash", "crashed"), ("exit", "exit code 3")])
def test_a_check_that_crashes_is_told_and_the_others_go_on(broken, how, word):
    sections = examined(
        Check("A", "broken", arguments=(how,)), Check("B", "broken", arguments=("fine",))
    )
    first, second = (section.findings[0] for section in sections)
    assert first.state is State.MISSING
    assert word in first.text
    assert second.state is State.NOTE


def test_a_check_that_hangs_is_told(broken):
    with pytest.raises(apart.CheckFailedError, match=r"longer than 0\.5 s"):
        list(apart.examine_apart("broken", ("hang",), seconds=0.5))


def test_a_check_that_raises_is_told_with_the_library_that_lacks(monkeypatch):
    def raises(*_):
        raise OSError("libGL.so.1: cannot open\nshared object file")

    monkeypatch.setattr(examination, "found", raises)
    finding = only(examined(Check("Test", "python", apart=False)))
    assert finding.text == (
        "cannot be examined: OSError: libGL.so.1: cannot open shared object file"
    )
    assert finding.cure
    assert not finding.needed


def test_a_check_without_which_nothing_is_tracked_stops_the_work_when_it_breaks_down(monkeypatch):
    def raises(*_):
        raise OSError

    monkeypatch.setattr(examination, "examine_apart", raises)
    broken_down = {(c.module, *c.arguments) for c in CHECKS if c.apart and only(examined(c)).needed}
    assert ("packages", "dlib-bin") in broken_down
    assert ("models",) in broken_down
    assert ("landmark_file",) in broken_down
    assert ("packages", "glfw") not in broken_down
    assert ("graphics",) not in broken_down


def test_checks_of_one_title_make_one_section():
    sections = examined(
        Check("A", "terminal", apart=False), Check("B", "ports", apart=False),
        Check("A", "python", apart=False),
    )  # fmt: skip
    assert [section.title for section in sections] == ["A", "B"]
    assert {"output", "Python"} <= {finding.name for finding in sections[0].findings}


@pytest.mark.parametrize(
    ("state", "needed", "stops"),
    [
        (State.MISSING, True, True),
        (State.MISSING, False, False),
        (State.WARNING, True, False),
        (State.OK, True, False),
    ],
)
def test_work_stops_for_what_is_needed_and_missing(state, needed, stops):
    fine = Finding("a", State.OK, "")
    assert stops_work(Section("A", (fine, Finding("b", state, "", needed=needed)))) == stops


def test_a_package_that_crashes_is_installed_again(monkeypatch):
    def crashes(*_):
        raise apart.CheckFailedError("it crashed (Segmentation fault)")

    monkeypatch.setattr(examination, "examine_apart", crashes)
    finding = only(examined(Check("Packages", "packages", arguments=("av",))))
    assert finding.name == "av"
    assert finding.text == "cannot be examined: it crashed (Segmentation fault)"
    assert finding.cure.endswith("av --force-reinstall")
    assert finding.needed
