"""Veil: a scene in which nobody can be recognised."""

from dataclasses import replace

from livemask.records import Effect, Scene


def veiled(scene: Scene) -> Scene:
    """Return the picture of `scene`, blurred; only its background if that is not the video."""
    is_video = isinstance(scene.background, str) and scene.background == "video"
    return replace(scene, layers=(Effect("blur"),) if is_video else ())
