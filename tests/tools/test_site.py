"""The documentation as a site."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from livemask import cli, plugins
from tools.site import hooks

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "tools/site/mkdocs.yml"
PAGES = sorted(page.stem for page in (ROOT / "docs").glob("*.md"))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, built strictly: a link that leads nowhere ends it."""
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-f", CONFIG, "-d", folder],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_in_it_and_in_its_index(site, page):
    text = (site / "index.html").read_text("utf-8")
    assert (site / f"{page}.html").is_file()
    navigation = text if page == "index" else CONFIG.read_text("utf-8")
    assert f"{page}." in navigation


def test_nothing_is_fetched_from_elsewhere(site):
    for page in site.rglob("*.html"):
        loaded = re.findall(
            r'(?:<script[^>]*src|<img[^>]*src|<link[^>]*href)="([^"]+)"', page.read_text("utf-8")
        )
        assert [url for url in loaded if "//" in url and "livemask/livemask" not in url] == []


def test_every_command_and_option_is_told(site):
    text = "".join(page.read_text("utf-8") for page in (site / "reference").glob("*.html"))
    for name, command in cli.commands.commands.items():
        assert f"livemask {name}" in text
        for parameter in command.params:
            assert [o for o in parameter.opts if o.startswith("--") and f">{o}<" not in text] == []


def test_every_plug_in_is_told(site):
    text = (site / "reference/plug-ins.html").read_text("utf-8")
    for room in ("masks", "sinks", "detectors", "models"):
        assert [name for name in plugins.names(room) if f">{name}<" not in text] == []


def test_formulas_are_set(site):
    text = (site / "how-it-works.html").read_text("utf-8")
    assert text.count("<math") > 15
    assert "$" not in re.sub(r"<code>.*?</code>|<script.*?</script>", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("text", ["costs $5 and $6", "`$HOME/$USER`", "```\necho $A $B\n```"])
def test_money_and_code_are_no_formulas(text):
    assert hooks.outside_code(text) == text
