"""Real-time 3D face tracking and masks from an ordinary webcam, on the CPU.

The names below are public; they are imported when they are first asked for, so that a
program can still set what numpy and OpenGL read when they are loaded.
"""

import importlib
import typing

if typing.TYPE_CHECKING:
    from livemask.app import Summary, run
    from livemask.config import Config
    from livemask.editing.change import Change
    from livemask.errors import (
        AssetError,
        GraphicsError,
        LivemaskError,
        ModelError,
        PluginError,
        SinkError,
        SourceError,
        UsageError,
    )
    from livemask.fitting.fitter import Fitter
    from livemask.library.opening import open_model
    from livemask.morphable_model import MorphableModel, fit_landmarks
    from livemask.reconstruction.form import Form
    from livemask.reconstruction.reconstruction import Reconstruction
    from livemask.reconstruction.still import fit_still
    from livemask.records import (
        Camera,
        Effect,
        Face,
        Fit,
        Frame,
        Light,
        Material,
        Mesh,
        Output,
        Scene,
        State,
    )
    from livemask.stills import edit, reconstruct, reconstruct_film, reconstruct_person
    from livemask.track_stage import TrackStage

__version__ = "0.1.0"

_HOMES = {
    "app": ("Summary", "run"),
    "config": ("Config",),
    "editing.change": ("Change",),
    "errors": (
        "AssetError",
        "GraphicsError",
        "LivemaskError",
        "ModelError",
        "PluginError",
        "SinkError",
        "SourceError",
        "UsageError",
    ),
    "fitting.fitter": ("Fitter",),
    "morphable_model": ("MorphableModel", "fit_landmarks"),
    "library.opening": ("open_model",),
    "records": (
        "Camera",
        "Effect",
        "Face",
        "Fit",
        "Frame",
        "Light",
        "Material",
        "Mesh",
        "Output",
        "Scene",
        "State",
    ),
    "reconstruction.form": ("Form",),
    "reconstruction.reconstruction": ("Reconstruction",),
    "reconstruction.still": ("fit_still",),
    "stills": ("edit", "reconstruct", "reconstruct_film", "reconstruct_person"),
    "track_stage": ("TrackStage",),
}

__all__ = [
    "AssetError",
    "Camera",
    "Change",
    "Config",
    "Effect",
    "Face",
    "Fit",
    "Fitter",
    "Form",
    "Frame",
    "GraphicsError",
    "Light",
    "LivemaskError",
    "Material",
    "Mesh",
    "ModelError",
    "MorphableModel",
    "Output",
    "PluginError",
    "Reconstruction",
    "Scene",
    "SinkError",
    "SourceError",
    "State",
    "Summary",
    "TrackStage",
    "UsageError",
    "edit",
    "fit_landmarks",
    "fit_still",
    "open_model",
    "reconstruct",
    "reconstruct_film",
    "reconstruct_person",
    "run",
]


def __getattr__(name: str) -> typing.Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(importlib.import_module(f"livemask.{home}"), name)
    raise AttributeError(f"module 'livemask' has no attribute {name!r}")
