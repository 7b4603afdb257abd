"""What may be changed of the faces and their masks while it runs."""

from collections.abc import Callable
from typing import Any

from livemask.calibration.person import Person
from livemask.config import Config
from livemask.controls.acquaintance import Acquaintance
from livemask.controls.company import Company
from livemask.controls.following import Following
from livemask.start.starting import Starting
from livemask.tracking.manner import Manner


def about_faces(config: Config, track: Starting, hides: Callable[[], bool]) -> dict[str, Any]:
    """Return those of `Parts` that ask the track stage, between two frames.

    `hides` tells whether anything that is worn hides.
    """
    person = Person(config.calibration)
    track.change(lambda stage: stage.calibrate_for(person))
    return {
        "following": Following(
            Manner(config.smoothing, config.fit),
            lambda manner: track.change(lambda stage: stage.follow(manner)),
        ),
        "acquaintance": Acquaintance(
            person,
            lambda lock: track.change(lambda stage: stage.lock_identity(lock)),
            lambda: track.change(lambda stage: stage.forget_faces()),
        ),
        "company": Company(
            config.people,
            track.mind,
            lambda face: track.change(lambda stage: stage.choose(face)),
            hides,
        ),
        "undress": track.undress,
    }
