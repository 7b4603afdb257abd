"""The program in the documentation does what it says."""

import runpy
import sys
from pathlib import Path

import cv2
import numpy as np

from livemask.performer import Performer

PROGRAM = Path(__file__).resolve().parents[2] / "docs/examples/reconstruct.py"


def test_the_program_in_the_docs_reconstructs_the_performer(wall, tmp_path, monkeypatch, capsys):
    performer = Performer(size=(640, 480), seed=3)
    cv2.imwrite(str(tmp_path / "anna.png"), performer.read().image[..., ::-1])
    performer.close()
    words = [str(tmp_path / "heads"), str(tmp_path / "anna.png"), str(wall)]
    monkeypatch.setattr(sys, "argv", [str(PROGRAM), *words])
    runpy.run_path(str(PROGRAM), run_name="__main__")
    anna, none = capsys.readouterr().out.splitlines()
    assert anna.startswith("anna.png: ")
    assert "19245 vertices" in anna
    assert none == "wall.png: no face"
    made = {file.name for file in (tmp_path / "heads").iterdir()}
    assert made == {"anna.glb", "anna_overlay.png", "anna_sheet.png", "anna_vertices.npy"}
    assert np.load(tmp_path / "heads/anna_vertices.npy").shape == (19245, 3)
