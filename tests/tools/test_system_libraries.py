import subprocess

import pytest

from tools import system_libraries

NEEDS = {
    "libodd1": (lambda _: False, "libodd.so.1"),
    "libeven2": (lambda _: True, "libeven.so.2"),
}


@pytest.fixture
def machine(monkeypatch):
    """A Debian machine where libodd1 is missing, and what apt was asked to do on it."""

    class Machine:
        def __init__(self):
            self.asked, self.apt_works = [], True

        def run(self, command, **_):
            self.asked.append(" ".join(command))
            if "install" in command and self.apt_works:
                monkeypatch.setitem(NEEDS, "libodd1", (lambda _: True, "libodd.so.1"))
            code = 0 if self.apt_works else 100
            return subprocess.CompletedProcess(command, code, "", "" if not code else "no route")

    here = Machine()
    monkeypatch.setattr(system_libraries, "RUN", NEEDS)
    monkeypatch.setattr(system_libraries.sys, "platform", "linux")
    monkeypatch.setattr(system_libraries, "has_command", lambda name: name == "apt-get")
    monkeypatch.setattr(system_libraries.os, "geteuid", lambda: 0)
    monkeypatch.setattr(system_libraries.subprocess, "run", here.run)
    monkeypatch.setitem(NEEDS, "libodd1", NEEDS["libodd1"])
    monkeypatch.setattr(system_libraries, "BROWSER", {})
    return here


def test_root_installs_what_is_missing_and_nothing_else(machine, capsys):
    assert system_libraries.main([]) == 0
    assert [line.split()[-1] for line in machine.asked] == ["update", "libodd1"]
    assert capsys.readouterr().out == "Installing system libraries: libodd1\n"


def test_nothing_is_done_or_said_where_nothing_is_missing(machine, capsys, monkeypatch):
    monkeypatch.setattr(system_libraries, "RUN", {"libeven2": NEEDS["libeven2"]})
    assert system_libraries.main([]) == 0
    assert machine.asked == []
    assert capsys.readouterr() == ("", "")


def test_who_may_not_install_is_told_the_one_line_to_type(machine, capsys, monkeypatch):
    monkeypatch.setattr(system_libraries.os, "geteuid", lambda: 1000)
    assert system_libraries.main([]) == 1
    assert machine.asked == []
    said = capsys.readouterr().err
    assert said == "missing system libraries; type: sudo apt-get install -y libodd1\n"


def test_sudo_is_used_where_it_asks_for_no_password(machine, monkeypatch):
    monkeypatch.setattr(system_libraries.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(system_libraries, "has_command", lambda name: name in ("apt-get", "sudo"))
    assert system_libraries.main([]) == 0
    assert machine.asked[0] == "sudo -n true"
    assert all(line.startswith("sudo -n env DEBIAN_FRONTEND=") for line in machine.asked[1:])


def test_where_there_is_no_apt_the_missing_files_are_named(machine, capsys, monkeypatch):
    monkeypatch.setattr(system_libraries, "has_command", lambda _: False)
    assert system_libraries.main([]) == 1
    assert capsys.readouterr().err.startswith("missing libodd.so.1; install")


def test_what_apt_says_is_shown_when_it_fails(machine, capsys):
    machine.apt_works = False
    assert system_libraries.main([]) == 1
    said = capsys.readouterr().err
    assert said.startswith("no route")
    assert said.endswith("sudo apt-get install -y libodd1\n")


def test_the_tests_need_a_display_server_beside_the_libraries(machine, monkeypatch):
    monkeypatch.setattr(system_libraries, "TESTS", {"xodd": (lambda _: False, "Xodd")})
    assert system_libraries.main(["--tests"]) == 1  # the stand-in apt installs libodd1 alone
    assert machine.asked[-1].endswith("libodd1 xodd")


def test_a_browser_is_installed_for_the_tests_alone(machine, monkeypatch, capsys):
    there = []
    browser = {"chromium": (lambda _: bool(there), "chromium")}
    monkeypatch.setattr(system_libraries, "BROWSER", browser)
    assert system_libraries.main([]) == 0
    assert not any("chromium" in line for line in machine.asked)
    assert system_libraries.main(["--tests"]) == 0
    assert machine.asked[-1].endswith("install -y --no-install-recommends chromium")
    there.append("chromium")
    count = len(machine.asked)
    assert system_libraries.main(["--tests"]) == 0
    assert len(machine.asked) == count
    assert "left out" not in capsys.readouterr().out


def test_without_a_browser_the_other_tests_are_run(machine, monkeypatch, capsys):
    monkeypatch.setattr(system_libraries, "RUN", {})
    monkeypatch.setattr(system_libraries, "TESTS", {})
    monkeypatch.setattr(system_libraries, "BROWSER", {"chromium": (lambda _: False, "chromium")})
    machine.apt_works = False
    assert system_libraries.main(["--tests"]) == 0
    said = capsys.readouterr()
    assert "The tests in a browser are left out" in said.out
    assert said.err == ""


def test_other_systems_bring_their_own_libraries(machine, monkeypatch):
    monkeypatch.setattr(system_libraries.sys, "platform", "darwin")
    assert system_libraries.main([]) == 0
    assert machine.asked == []


def test_a_library_a_driver_and_a_command_are_looked_for_themselves():
    assert system_libraries.has_library("libc.so.6")
    assert not system_libraries.has_library("libnobodyhas.so.9")
    assert system_libraries.has_command("python3")
    assert not system_libraries.has_command("nobody-has-this")
    assert not system_libraries.has_driver("dri/nobody_dri.so")
