"""What was changed while a run went on and is to be kept for the next one."""

from typing import Any

from livemask.calibration.calibration import Calibration
from livemask.config import Config
from livemask.controls import Controls

SHOWING = ("light", "background", "opacity", "occlusion")
MANNER = ("smoothing", "fit")


def changes(config: Config, controls: Controls) -> dict[str, Any]:
    """Return the settings that are others than at first, by the names of `Config`.

    Outputs and files are none of them: what is sent or written is asked for each time.
    """
    showing, manner = controls.picture.showing, controls.following.manner
    now: dict[str, Any] = {"masks": tuple(controls.worn)}
    now |= {name: getattr(showing, name) for name in SHOWING}
    now |= {name: getattr(manner, name) for name in MANNER}
    now |= {"quality": controls.quality.choice, "panel": controls.panel}
    if controls.picture.mirrored != controls.picture.began_mirrored:
        now["mirror"] = controls.picture.mirrored
    people = controls.company.people
    now |= {"max_faces": people.most, "others": people.others}
    now["favourites"] = tuple(controls.favourites)
    if not isinstance(manner.smoothing, str):  # the option takes names only
        del now["smoothing"]
    calibration = controls.acquaintance.person.calibration
    changed = {name: value for name, value in now.items() if value != getattr(config, name)}
    return changed if calibration == config.calibration else changed | _table(calibration)


def _table(calibration: Calibration) -> dict[str, Any]:
    return {"calibration": calibration.table()}
