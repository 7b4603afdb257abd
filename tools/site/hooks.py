"""What MkDocs is told by the code: the reference pages, the formulas, the colours."""

import re
from pathlib import Path
from typing import Any

import latex2mathml.converter
from mkdocs.structure.files import File, Files

from tools.site import reference

HERE = Path(__file__).parent
REPOSITORY = "https://github.com/livemask/livemask/blob/main/"


def on_files(files: Files, config: Any) -> Files:
    """Add the pages that are made from the code, and the style."""
    for name, text in reference.pages().items():
        files.append(File.generated(config, name, content=text))
    style = (HERE / "style.css").read_text("utf-8")
    files.append(File.generated(config, "style.css", content=style))
    config.extra_css.append("style.css")
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Let links out of the documentation lead to the repository; set formulas as MathML."""
    markdown = re.sub(r"\]\(\.\./((?!docs/)[\w./-]+)\)", rf"]({REPOSITORY}\1)", markdown)
    return outside_code(markdown)


def outside_code(markdown: str) -> str:
    """Return a page with its $formulas$ as MathML, which browsers show by themselves."""
    parts = re.split(r"(^```.*?^```$|`[^`\n]+`)", markdown, flags=re.MULTILINE | re.DOTALL)
    return "".join(part if i % 2 else _formulas(part) for i, part in enumerate(parts))


def _formulas(text: str) -> str:
    def block(found: re.Match[str]) -> str:
        return "\n" + latex2mathml.converter.convert(found[1], display="block") + "\n"

    def inline(found: re.Match[str]) -> str:
        return latex2mathml.converter.convert(found[1])

    text = re.sub(r"^\$\$(.+?)\$\$$", block, text, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"(?<![\\$\w])\$(?!\s)([^$\n]+?)(?<!\s)\$(?!\w)", inline, text)
