"""What README and docs promise is there."""

import ast
import re
import shlex
import tomllib
from pathlib import Path

import numpy as np
import pytest

from livemask import cli, plugins
from livemask.geometry import rigid
from livemask.models import head
from livemask.plugins.installed import _installed
from livemask.records import Camera, Fit, Frame, Light, Mesh, State
from livemask.sinks.csv import columns
from tests.plugins.packages import install
from tests.sinks.listening import made, shown
from tools.system_libraries import RUN

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("BFM/*.md")]
SECTION = README.partition("## Commands")[2]
COMMANDS = re.findall(
    r"^livemask(?: .*)?$", SECTION.partition("```\n")[2].partition("```")[0], re.MULTILINE
)


def blocks(page, language):
    text = (ROOT / page).read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_leads_to_a_file(page):
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8"))
    local = [link for link in links if not link.startswith("http")]
    assert [link for link in local if not (page.parent / link).is_file()] == []


def words_of(line):
    """Return what stands after `livemask` and before the explanation."""
    return shlex.split(re.split(r" {2,}", line)[0])[1:]


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_in_the_readme_is_understood(line):
    words = words_of(line)
    name, *rest = words if words and words[0] in cli.commands.commands else ["run", *words]
    with cli.commands.commands[name].make_context(name, rest) as context:
        assert context.info_name == name


def test_every_command_is_in_the_readme():
    named = {words_of(line)[0] for line in COMMANDS if words_of(line)}
    assert set(cli.commands.commands) - named == {"run"}


def test_every_option_of_run_is_in_the_readme_and_no_other():
    described = set(re.findall(r"^\| `(--[\w-]+)", README, re.MULTILINE))
    real = {option for p in cli.commands.commands["run"].params for option in p.opts}
    assert described == {option for option in real if option.startswith("--")} - {"--help"}


def test_the_system_libraries_in_the_readme_are_those_that_make_installs():
    lines = re.findall(r"`sudo apt install ([^`]+)`", README)
    assert [set(line.split()) for line in lines] == [set(RUN)]


def test_the_columns_of_the_table_are_described():
    described = (ROOT / "docs/csv.md").read_text("utf-8")
    names = columns(head.create())
    first = names[: names.index("x_0")]
    assert [name for name in first if f"`{name}`" not in described] == []
    assert len(names) == len(first) + 2 * 68 + 52


def test_the_mask_in_the_docs_works_as_written():
    code, _ = blocks("docs/plugins.md", "python")
    module = {}
    exec(compile(code, "glow.py", "exec"), module)  # noqa: S102 - our own page
    model = head.create()
    camera = Camera.from_field_of_view((320, 240))
    zeros = np.zeros(len(model.identity)), np.zeros(len(model.expressions))
    pose = rigid(np.eye(3), np.array([0.0, 0.0, -600.0]))
    fit = Fit(0, camera, pose, *zeros, residual=0.0, confidence=1.0, state=State.TRACKED)
    frame = Frame(np.zeros((240, 320, 3), np.uint8), 0.0, 0)
    (mesh,) = module["create"](strength=0.4).layers(model, fit, frame, Light.default(), 0.0)
    assert isinstance(mesh, Mesh)
    assert mesh.material.opacity == 0.4
    assert mesh.vertices.shape == mesh.normals.shape == model.mean.shape


def test_the_package_in_the_docs_works_as_written(tmp_path, monkeypatch):
    (project,) = blocks("docs/plugins.md", "toml")
    _, code = blocks("docs/plugins.md", "python")
    assert code.count("\n") <= 40
    points = tomllib.loads(project)["project"]["entry-points"]["livemask.sinks"]
    install(tmp_path, "livemask-clapper", {f"sinks.{n}": m for n, m in points.items()})
    (tmp_path / "livemask_clapper" / "__init__.py").write_text(code)
    monkeypatch.syspath_prepend(tmp_path)
    _installed.cache_clear()
    sink = plugins.create("sinks", f"clapper,file={tmp_path / 'claps'},least=0.4")
    for time, jaw in enumerate([0.0, 0.5, 0.6, 0.1, 0.45]):
        sink.send(shown(made(jawOpen=jaw), time=float(time)))
    sink.send(shown())
    sink.close()
    assert (tmp_path / "claps").read_text() == "1.000\n4.000\n"


def messages():
    table = (ROOT / "docs/troubleshooting.md").read_text("utf-8").partition("## By message")[2]
    return re.findall(r"^\| `([^`]+)`", table, re.MULTILINE)


@pytest.fixture(scope="module")
def said():
    """All strings of the code, those of several pieces joined."""
    return "\n".join(
        "".join(part.value if isinstance(part, ast.Constant) else "*" for part in node.values)
        if isinstance(node, ast.JoinedStr)
        else str(node.value)
        for file in (ROOT / "livemask").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.JoinedStr | ast.Constant)
    )


@pytest.mark.parametrize("message", messages())
def test_a_message_that_is_explained_is_one_that_livemask_says(said, message):
    assert message in said
