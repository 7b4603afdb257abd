"""How well faces are tracked, in one table: `python -m benchmarks.tracking`.

    python -m benchmarks.tracking --quick                     # a minute: before and after a change
    python -m benchmarks.tracking --data FOLDER --out FOLDER  # ten minutes: for RESULTS.md
    python -m benchmarks.tracking --only "yaw 60" creep       # some scenarios
    python -m benchmarks.tracking --only - --data FOLDER      # stills and films alone
    python -m benchmarks.tracking --quick --true-points       # the share of fit and filters
    python -m benchmarks.tracking --quick --detector facemesh # another detector

Performers with known truth play scenarios (`scenarios.py`); the whole chain tracks them with
the application's own settings, frame after frame, whatever time that takes. FOLDER may hold
`stills/` (pictures with points, see `stills.py`) and `videos/`; without it that part is left
out. Everything is seeded: the same code gives the same tables. The tables go to standard
output, progress to standard error; `--out` also writes `tracking.md` and `tracking.json`.
"""

import argparse
import json
import time
from functools import partial
from pathlib import Path

from benchmarks.table import Table
from benchmarks.tracking import by_face, by_scenario, by_time, films, goals, stills
from benchmarks.tracking.scenarios import Scenario, all_of_them, the_first
from benchmarks.tracking.take import Take
from benchmarks.tracking.watch import takes, told
from livemask import plugins
from livemask.models import head
from livemask.morphable_model import MorphableModel
from livemask.tracking.extras import LEVELS

QUICK_FILMS = ("noface_then_face_960x540",)
"""Films of a quick run."""


def options() -> argparse.Namespace:
    """Return the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="one performer, fewer scenarios")
    parser.add_argument("--seeds", type=int, help="how many performers; 3, or 1 if quick")
    parser.add_argument("--only", nargs="+", default=[], help="scenarios by name; - for none")
    parser.add_argument("--true-points", action="store_true", help="performers' true points")
    parser.add_argument("--fit", default="full", choices=LEVELS, help="of the performers")
    parser.add_argument("--detector", default="dlib68", help="another detector plug-in")
    parser.add_argument("--data", type=Path, help="a folder with stills/ and videos/")
    parser.add_argument("--out", type=Path, help="a folder for tracking.md and tracking.json")
    return parser.parse_args()


def main() -> None:
    """Measure, and print the tables."""
    given, tell = options(), partial(told, begun=time.monotonic())
    model = head.create()
    chosen = the_first if given.quick else all_of_them
    played = _chosen(chosen(model.expression_names), given.only)
    seeds = range(given.seeds or (1 if given.quick else 3))
    detector = plugins.create("detectors", given.detector)
    how = {"perfect": given.true_points, "fit": given.fit}
    watched = list(takes(played, seeds, model, detector, tell, **how))
    tables = _of_performers(watched, model) if watched else []
    if given.data is not None:
        tables += stills.tables(stills.load(given.data / "stills"), model, detector, tell)
        names = QUICK_FILMS if given.quick else ()
        tables += films.tables(given.data / "videos", model, detector, names, tell)
    tables.insert(0, goals.table(tables, all_of_them=not given.only))
    tell("done")
    _write(tables, given.out)


def _chosen(scenarios: list[Scenario], names: list[str]) -> list[Scenario]:
    return [s for s in scenarios if not names or s.name in names]


def _of_performers(watched: list[Take], model: MorphableModel) -> list[Table]:
    names = model.expression_names
    tables = [
        by_scenario.poses(watched),
        by_scenario.points(watched),
        by_scenario.finding(watched),
        by_time.calm(watched),
        by_time.lags(watched, names),
        by_time.even(watched),
        by_face.expressions(watched, names),
        by_face.gaze(watched, names),
        by_face.blinks(watched, names),
        by_face.identity(watched, model),
        by_time.distances(watched, names),
    ]
    return [table for table in tables if table.rows]


def _write(tables: list[Table], folder: Path | None) -> None:
    text = "\n".join(table.markdown() for table in tables)
    print(text)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "tracking.md").write_text(text, "utf-8")
        plain = [table.json() for table in tables]
        (folder / "tracking.json").write_text(json.dumps(plain, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
