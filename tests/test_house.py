"""The house rules that a tool can check."""

import ast
import json
import subprocess
import sys
import sysconfig
from pathlib import Path
from types import ModuleType

import pytest

import livemask
from livemask import plugins

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / "livemask").rglob("*.py"))
MEMBERS = {
    "masks": {"layers", "hides"},
    "sinks": {"send", "close", "capacity", "wants_pixels"},
    "detectors": {"find", "detect"},
    "sources": {"read", "close"},
}
PLUGINS = sorted(
    {
        ROOT.joinpath(*module.split(".")).with_suffix(".py")
        for room in (*MEMBERS, "models")
        for module in plugins.names(room).values()
    }
)
FORBIDDEN_CALLS = {"print", "eval", "exec", "input", "breakpoint"}
FORBIDDEN_MODULES = {"pickle", "cPickle", "dill", "marshal", "shelve"}


def called(path):
    return path.relative_to(ROOT).as_posix()


def passes(*command):
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return pytest.fail(done.stdout + done.stderr) if done.returncode else True


def script(name):
    return Path(sysconfig.get_path("scripts")) / name


def test_ruff_finds_nothing():
    assert passes(sys.executable, "-m", "ruff", "check", ".")


def test_the_code_is_formatted_by_ruff():
    assert passes(sys.executable, "-m", "ruff", "format", "--check", ".")


def test_the_types_are_right():
    assert passes(sys.executable, "-m", "mypy")


def test_rooms_import_only_what_the_contracts_allow():
    assert passes(script("lint-imports"))


@pytest.mark.parametrize("path", FILES, ids=called)
def test_a_file_has_under_300_lines(path):
    assert len(path.read_text("utf-8").splitlines()) < 300


def is_false(node):
    return isinstance(node, ast.Constant) and node.value is False


def unsafe(tree):
    """Yield what must not be in the program: prints, code from strings, unpickling."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in FORBIDDEN_CALLS:
            yield f"line {node.lineno}: {node.func.id}()"
        if (
            isinstance(node, ast.keyword)
            and node.arg == "allow_pickle"
            and not is_false(node.value)
        ):
            yield f"line {node.lineno}: allow_pickle"
        if isinstance(node, ast.Import):
            names = {alias.name.split(".")[0] for alias in node.names}
            yield from (f"line {node.lineno}: {name}" for name in names & FORBIDDEN_MODULES)
        if isinstance(node, ast.ImportFrom) and node.module in FORBIDDEN_MODULES:
            yield f"line {node.lineno}: {node.module}"


@pytest.mark.parametrize("path", FILES, ids=called)
def test_a_file_neither_prints_nor_runs_code_from_strings_nor_unpickles(path):
    assert list(unsafe(ast.parse(path.read_text("utf-8")))) == []


@pytest.mark.parametrize(
    "text",
    [
        "print(1)",
        "eval('1')",
        "import os, pickle",
        "from pickle import loads",
        "np.load(f, allow_pickle=True)",
        "np.load(f, allow_pickle=yes)",
    ],
)
def test_printing_running_strings_and_unpickling_are_noticed(text):
    assert len(list(unsafe(ast.parse(text)))) == 1


def test_an_honest_file_is_not_suspected():
    assert list(unsafe(ast.parse("np.load(f, allow_pickle=False)\nconsole.print(1)"))) == []


def creator(tree):
    found = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "create"]
    return found[0] if len(found) == 1 else None


def faults(tree):
    """Return what is wrong with the `create` of a plug-in, by reading alone."""
    create = creator(tree)
    if create is None:
        return ["there is no create"]
    arguments = [*create.args.posonlyargs, *create.args.args, *create.args.kwonlyargs]
    wrong = [f"{a.arg} has no type" for a in arguments if a.annotation is None]
    wrong += ["options may not be hidden in *"] * bool(create.args.vararg or create.args.kwarg)
    wrong += ["what it returns has no type"] * (create.returns is None)
    wrong += ["it does not say what it makes"] * (ast.get_docstring(create) is None)
    return wrong + ["it has no docstring"] * (ast.get_docstring(tree) is None)


@pytest.mark.parametrize("path", PLUGINS, ids=called)
def test_a_plug_in_has_a_typed_and_documented_create(path):
    assert faults(ast.parse(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("'A mask.'", "there is no create"),
        ("'A mask.'\ndef create(size) -> int: 'Make it.'", "size has no type"),
        ("'A mask.'\ndef create(**o: int) -> int: 'Make it.'", "options may not be hidden in *"),
        ("'A mask.'\ndef create(): 'Make it.'", "what it returns has no type"),
        ("'A mask.'\ndef create() -> int: ...", "it does not say what it makes"),
        ("def create() -> int: 'Make it.'", "it has no docstring"),
    ],
)
def test_a_faulty_create_is_noticed(text, fault):
    assert faults(ast.parse(text)) == [fault]


def members(path):
    """Return all names that the classes of a file, and those they build on, define."""
    tree = ast.parse(path.read_text("utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names.add(node.name)
        if isinstance(node, ast.Assign):
            names |= {getattr(t, "id", getattr(t, "attr", "")) for t in node.targets}
        if isinstance(node, ast.AnnAssign):
            names.add(getattr(node.target, "id", getattr(node.target, "attr", "")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("livemask."):
            base = ROOT.joinpath(*node.module.split(".")).with_suffix(".py")
            names |= members(base) if base.parent == path.parent and base.is_file() else set()
    return names


@pytest.mark.parametrize("path", [p for p in PLUGINS if p.parent.name in MEMBERS], ids=called)
def test_a_plug_in_has_what_its_room_asks_for(path):
    assert MEMBERS[path.parent.name] - members(path) == set()


@pytest.mark.parametrize("path", sorted((ROOT / "livemask/models").glob("*.py")), ids=called)
def test_a_model_plug_in_returns_a_morphable_model(path):
    create = creator(ast.parse(path.read_text("utf-8")))
    assert create is None or ast.unparse(create.returns) == "MorphableModel"


def test_every_public_name_is_there():
    assert [name for name in livemask.__all__ if not hasattr(livemask, name)] == []
    assert len(set(livemask.__all__)) == len(livemask.__all__)


def test_what_is_there_and_not_private_is_public():
    public = {
        name
        for name, value in vars(livemask).items()
        if not name.startswith("_") and not isinstance(value, ModuleType)
    }
    assert public <= set(livemask.__all__)


GRAPHIC = ("panel", "performer", "render", "render_stage")
PROBE = (
    f"GRAPHIC = {GRAPHIC}"
    """
import contextlib, importlib, io, json, os, pkgutil, signal, sys, threading

def state():
    return {
        "environment": dict(os.environ),
        "folder": os.getcwd(),
        "arguments": list(sys.argv),
        "threads": threading.active_count(),
        "signals": [signal.getsignal(s) for s in (signal.SIGINT, signal.SIGTERM)],
        "OpenGL": "OpenGL" in sys.modules,
        "glfw": "glfw" in sys.modules,
    }

import cv2  # OpenCV's own import points the environment at the Qt that it brings along
import livemask
names = [m.name for m in pkgutil.walk_packages(livemask.__path__, "livemask.")]
names.remove("livemask.__main__")  # to import it is to run the program
graphic = [n for n in names if n.split(".")[1] in GRAPHIC]
effects = {}
with contextlib.redirect_stdout(io.StringIO()) as said:
    for name in [n for n in names if n not in graphic] + graphic:
        before = state()
        importlib.import_module(name)
        after = state()
        effects[name] = [key for key in before if before[key] != after[key]]
json.dump([effects, said.getvalue()], sys.stdout)
"""
)


@pytest.fixture(scope="module")
def effects():
    """What each module's import changes, in a process of its own."""
    probe = [sys.executable, "-W", "error", "-c", PROBE]
    done = subprocess.run(probe, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    changed, said = json.loads(done.stdout)
    assert said + done.stderr == ""
    return changed


def is_graphic(module):
    return module.split(".")[1] in GRAPHIC


def test_importing_has_no_effect(effects):
    assert {m: e for m, e in effects.items() if e and not is_graphic(m)} == {}


def test_importing_the_renderer_does_no_more_than_load_opengl_and_name_its_platform(effects):
    graphic = {effect for m, found in effects.items() if is_graphic(m) for effect in found}
    assert graphic <= {"OpenGL", "glfw", "environment"}


def test_the_command_line_can_still_set_what_numpy_and_opengl_read_when_imported():
    late = "import livemask.cli, sys; print({'numpy', 'cv2', 'OpenGL', 'glfw'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", late], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.strip() == b"set()"
