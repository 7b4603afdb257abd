"""Photos of a drawn face, and a fit to the points alone where many photos are looked at."""

import cv2
import numpy as np
import pytest

from livemask.reconstruction.portrait import Portrayal
from livemask.reconstruction.still import fit_box
from livemask.records import Light
from livemask.stills import film, photos
from tests.detectors.drawn_face import drawn_face


@pytest.fixture
def quick(monkeypatch):
    """Let the fit to the points be enough; holds the focal lengths that were told."""
    asked = []

    def portray_together(shots, model, detector):
        asked.extend(shot.focal for shot in shots)
        fits = [fit_box(shot.frame, model, detector, shot.box, shot.fov) for shot in shots]
        return [
            Portrayal(shot.frame, model, fit, model.albedo, Light.default(), np.zeros((68, 2)), {})
            for shot, fit in zip(shots, fits, strict=True)
        ]

    for module in (photos, film):
        monkeypatch.setattr(module, "portray_together", portray_together)
    return asked


@pytest.fixture
def drawn():
    """A picture (h, w, 3) of one face."""
    return drawn_face((640, 480), (330, 240), 200.0)


@pytest.fixture
def photo(drawn, tmp_path):
    """The file of that."""
    file = tmp_path / "person.png"
    cv2.imwrite(str(file), drawn[..., ::-1])
    return file


@pytest.fixture
def wall(tmp_path):
    """The file of a picture without a face."""
    file = tmp_path / "wall.png"
    cv2.imwrite(str(file), np.full((480, 640, 3), 120, np.uint8))
    return file
