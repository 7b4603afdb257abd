"""What is to be reached, beside what was measured."""

from typing import Any

FIT, CHAIN, STAGE = "livemask, fit", "livemask, points to normals", "livemask, track stage"
STUDENT, PREDICTOR = "student, 5 turns", "dlib's predictor alone"

Row = tuple[str, str, str, str]


def goals(told: dict[str, Any]) -> list[Row]:
    """Return (what, goal, measured, reached) of what was measured."""
    rows: list[Row] = []
    if fits := told.get("fits"):
        ours, student = _median(fits, FIT), _median(fits, STUDENT)
        rows.append(_most("the fit, ms", 0.20, ours))
        rows.append(_least("times the student's fit, 5 turns", 40.0, student / ours))
    if pipelines := told.get("pipelines"):
        chain, call = _median(pipelines, CHAIN), _median(pipelines, PREDICTOR)
        rows.append(_most("points to normals, 640x480, ms", 1.6, chain))
        rows.append(_most("the same, in calls of the predictor", 2.0, chain / call))
        rows.append(
            _most("the track stage with all its extras, ms", 4.0, _median(pipelines, STAGE))
        )
    if sizes := told.get("sizes"):
        whole = sizes["640x480"]["track, in all"]
        ratio = whole["cpu_p99_ms"] / whole["cpu_p50_ms"]
        rows.append(_most("p99 of tracking, live, in medians", 3.0, ratio))
    if faces := told.get("faces"):
        further = max(face["of_the_first"] for count, face in faces.items() if count != "1")
        rows.append(_most("a further face, in first ones", 1.0, further))
    return rows


def _median(times: dict[str, Any], name: str) -> float:
    return float(times[name]["cpu_p50_ms"])


def _most(what: str, goal: float, value: float) -> Row:
    return what, f"<= {goal:g}", f"{value:.2f}", "yes" if value <= goal else "no"


def _least(what: str, goal: float, value: float) -> Row:
    return what, f">= {goal:g}", f"{value:.1f}", "yes" if value >= goal else "no"
