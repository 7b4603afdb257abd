"""docs/masks.md: the table of the masks, and the mask that it tells how to write.

`python -m tests.masks.test_page` writes the table anew.
"""

import re
from pathlib import Path

import pytest

from livemask import masks, plugins
from livemask.gallery.drawing import usual
from livemask.plugins import rooms
from livemask.records import Scene
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from livemask.wardrobe import Wardrobe
from tests.heads import shipped
from tests.masks import tiny

PAGE = Path(__file__).resolve().parents[2] / "docs" / "masks.md"
TABLE = re.compile(r"(?<=\| --- \| --- \| --- \|\n)(?:\|.*\n)*")


def rows():
    """Return what the table should say."""
    described = plugins.describe("masks")
    written = []
    for name, (summary, options) in described.items():
        listed = ", ".join(f"`{option}`" for option in filter(None, options.split(", ")))
        written.append(f"| `{name}` | {summary} | {listed} |\n")
    return "".join(written)


def test_the_table_tells_of_every_mask_what_it_is_and_its_options():
    (table,) = TABLE.findall(PAGE.read_text("utf-8"))
    assert table == rows(), "python -m tests.masks.test_page writes it anew"


def test_masks_that_need_a_file_say_so_by_an_option_without_a_default():
    _, needy = usual()
    table = PAGE.read_text("utf-8")
    for name in set(needy) - {"part"}:  # of whose three one is enough
        assert re.search(rf"^\| `{name}` .*=\.\.\.", table, re.MULTILINE), name


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Put the page's mask where masks are; return its name."""
    page = PAGE.read_text("utf-8")
    (code,) = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (name,) = re.findall(r"`livemask/masks/(\w+)\.py`", page)
    assert code.count("\n") <= 36
    (tmp_path / "masks").mkdir()
    (tmp_path / "masks" / f"{name}.py").write_text(code, "utf-8")
    monkeypatch.setattr(rooms, "_PACKAGE", tmp_path)
    monkeypatch.setattr(masks, "__path__", [*masks.__path__, str(tmp_path / "masks")])
    return name


def test_the_mask_on_the_page_is_worn_as_written(own):
    fit, frame = tiny.fit(shipped()), tiny.frame()
    (mask,) = Wardrobe.of([f"{own},width=5"]).masks(0)
    with offscreen() as context:
        renderer = Renderer(context, samples=0)
        layers = mask.layers(shipped(), fit, frame, tiny.LIGHT, 0.0)
        picture = renderer.render(Scene(frame, (fit,), layers, tiny.LIGHT))
        renderer.close()

    changed = (picture != frame.image).any(-1)
    assert changed[60:120, 90:150].mean() > 0.8
    assert not changed[:5].any()
    assert mask.hides
    assert own in plugins.ready("masks")


def write():
    """Write the table anew."""
    page = PAGE.read_text("utf-8")
    PAGE.write_text(TABLE.sub(lambda _: rows(), page), "utf-8")


if __name__ == "__main__":
    write()
