"""Actions: all that a key or a button does, by name, in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from livemask.controls.controls import Controls


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be asked for.

    Attributes
    ----------
    name : str
        As settings name it.
    label : str
        As people read it.
    keys : tuple of str
        Those that ask for it unless the user says otherwise, as `Window.keys` names them.
    do : function or None
        None if it cannot be done in this run.
    reason : str
        Why not.
    release : function, optional
        What happens when its key is let go.
    """

    name: str
    label: str
    keys: tuple[str, ...] = ()
    do: Callable[[], object] | None = None
    reason: str = ""
    release: Callable[[], object] | None = None


def table(controls: Controls, quit_run: Callable[[], object]) -> dict[str, Action]:
    """Return every action by its name.

    `quit_run` ends the run. What takes long is done as an errand.
    """
    known = controls.acquaintance
    rows = (
        Action("next_mask", "Next mask", ("tab", "right"), _errand(controls, "mask", _step(1))),
        Action("previous_mask", "Previous mask", ("left",), _errand(controls, "mask", _step(-1))),
        *(_favourite(controls, number) for number in range(1, 10)),
        Action(
            "mask_off",
            "Without masks while it is held",
            ("o",),
            lambda: controls.undress(True),
            release=lambda: controls.undress(False),
        ),
        Action("panic", "Blur everything", ("b",), lambda: _veil(controls)),
        Action("mirror", "Mirror the preview", ("m",), lambda: _mirror(controls)),
        Action("record", "Record", ("r",), _errand(controls, "recorder", _switch("recorder"))),
        Action(
            "virtual_camera",
            "Virtual camera",
            ("v",),
            _errand(controls, "virtual-camera", _switch("virtual-camera")),
        ),
        Action("screenshot", "Screenshot", ("s",), _errand(controls, "screenshot", _shoot)),
        Action("calibrate", "Calibrate", ("c",), known.calibrate),
        Action("recentre", "Recentre", ("space",), known.recentre),
        Action("lock_identity", "Keep the shape of my head", (), known.lock),
        Action("reset_identity", "Learn my face anew", (), known.reset),
        Action("panel", "Show or hide the panel", ("p",), controls.toggle_panel),
        Action("by_keys", "Use the panel by keys", ("f6",), controls.next_pane),
        Action("full_screen", "Full screen", ("f11",), controls.full_screen),
        Action("help", "List the keys", ("f1",), controls.help),
        Action("quit", "Quit", ("escape",), quit_run),
    )
    return {action.name: action for action in rows}


def _errand(
    controls: Controls, what: str, function: Callable[[Controls], object]
) -> Callable[[], object]:
    return lambda: controls.errands.do(what, lambda: function(controls))


def _favourite(controls: Controls, number: int) -> Action:
    def wear(controls: Controls) -> None:
        if number <= len(controls.favourites):
            controls.wear(controls.favourites[number - 1])

    do = _errand(controls, "mask", wear)
    return Action(f"favourite_{number}", f"Favourite {number}", (str(number),), do)


def _step(steps: int) -> Callable[[Controls], object]:
    return lambda controls: controls.step(steps)


def _switch(name: str) -> Callable[[Controls], object]:
    return lambda controls: controls.outputs.toggle(name)


def _shoot(controls: Controls) -> None:
    controls.outputs.on("screenshot")


def _mirror(controls: Controls) -> None:
    controls.picture.mirrored = not controls.picture.mirrored


def _veil(controls: Controls) -> None:
    controls.picture.veiled = not controls.picture.veiled
