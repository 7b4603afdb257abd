"""`livemask doctor`: what this machine has, and the next step for what it lacks."""

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import rich_click as click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from livemask import __version__
from livemask.commands.console import ERRORS, say

if TYPE_CHECKING:
    from livemask.doctor.finding import Finding, Section

_SIGNS = {"ok": "green", "note": "cyan", "warning": "yellow", "missing": "red"}
_WORKS = "livemask can track a face in a film here."
_FAILS = "livemask cannot track a face here until this is mended: "


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Answer for programs; see docs/doctor.md.")
def doctor(as_json: bool) -> None:
    """Examine this machine, and tell the next step for what is missing.

    The exit code is 1 if no face can be tracked in a film. Nothing is sent anywhere.
    """
    from livemask.doctor.examination import examination
    from livemask.doctor.finding import stops_work

    with ERRORS.status("examining this machine", spinner="line"):
        sections = examination()
    stopped = any(stops_work(section) for section in sections)
    if as_json:
        say(json.dumps(_report(sections, works=not stopped), indent=2))
    else:
        _print(sections)
    if stopped:
        sys.exit(1)


def _report(sections: "tuple[Section, ...]", works: bool) -> dict[str, object]:
    told = [{"section": s.title, **asdict(f)} for s in sections for f in s.findings]
    return {"version": 1, "livemask": __version__, "works": works, "findings": told}


def _print(sections: "tuple[Section, ...]") -> None:
    console = Console(highlight=False)
    for section in sections:
        if console.is_terminal:
            console.print(_table(section))
        else:
            for finding in section.findings:
                say(_line(section.title, finding))
    stopping = [f.name for s in sections for f in s.findings if f.needed and f.state == "missing"]
    say(_FAILS + ", ".join(stopping) if stopping else _WORKS)


def _table(section: "Section") -> Table:
    """Lay a section out for the width of a terminal."""
    table = Table(
        title=section.title, title_justify="left", title_style="bold", box=None, show_header=False
    )
    table.add_column(width=7)
    table.add_column(width=23, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    for finding in section.findings:
        style = _SIGNS[finding.state]
        table.add_row(Text(finding.state, style), Text(finding.name), Text(finding.text))
        if finding.cure:
            table.add_row("", "", Text(f"-> {finding.cure}", "bold"))
    return table


def _line(title: str, finding: "Finding") -> str:
    """Return a finding in one line, which grep finds whole."""
    cure = f" -> {finding.cure}" if finding.cure else ""
    return f"{finding.state:8}{title}: {finding.name}: {finding.text}{cure}"
