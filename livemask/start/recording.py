"""What is asked of the recorder and of the virtual camera."""

from functools import partial
from pathlib import Path
from typing import Any

from livemask.config import Config
from livemask.errors import UsageError
from livemask.sinks.film.coding import refuse
from livemask.sinks.film.naming import free_pattern, is_sequence
from livemask.sinks.film.quality import level
from livemask.sinks.film.voice import NOTHING, SOURCE


def films(config: Config) -> tuple[Path, ...]:
    """Return the films that are to be written, without those that are pictures."""
    both = config.record, config.record_raw
    return tuple(file for file in both if file is not None and not is_sequence(file))


def recording_is_free(config: Config) -> None:
    """Refuse what no recorder does before anything is opened.

    Raises
    ------
    UsageError
    """
    level(config.record_quality)
    if config.record_raw is not None and config.record is None:
        raise UsageError("--record-raw goes beside a film; add --record.")
    if config.record is not None and config.record_sound not in (NOTHING, SOURCE):
        _can_sound(config.record, config.record_sound)
    for film in films(config):
        refuse(film.suffix.lower(), config.record_codec)
    for file in (config.record, config.record_raw):
        if file is not None and is_sequence(file):
            _apart(config.source, free_pattern(file, config.overwrite))


def recorder_options(config: Config, source: Any) -> dict[str, Any]:
    """Return what the recorder is told of how and what; `source` is what is played."""
    return {
        "codec": config.record_codec,
        "quality": config.record_quality,
        "hardware": config.record_hardware,
        "raw": config.record_raw,
        "alpha": config.background == "transparent",
        "sound": config.record_sound,
        "began": partial(getattr, source, "began") if hasattr(source, "began") else None,
    }


def later_options(config: Config, source: Any) -> dict[str, Any]:
    """Return what a recorder is told that is switched on while it runs.

    A raw film is asked for at the start or not at all.
    """
    asked = recorder_options(config, source)
    return {name: value for name, value in asked.items() if name != "raw"}


def camera_options(config: Config) -> dict[str, Any]:
    """Return what the virtual camera is told."""
    width, height = config.virtual_camera_size or (None, None)
    asked = {"width": width, "height": height, "rate": config.virtual_camera_rate}
    return {
        "device": config.virtual_camera or None,
        "mirror": config.virtual_camera_mirror,
        "alpha": config.background == "transparent",
        **{name: value for name, value in asked.items() if value is not None},
    }


def _can_sound(file: Path, sound: str) -> None:
    if is_sequence(file):
        raise UsageError(
            f"--record-sound {sound} goes with a film, and {file} is pictures; "
            "name a film, or leave one of the two out."
        )


def _apart(source: str, pattern: Path) -> None:
    """Refuse to write pictures among those that are read."""
    read = Path(source)
    folder = pattern.parent.resolve()
    pictures = [read.parent.resolve()] if read.suffix.lower() == ".png" else []
    if folder in (read.resolve(), *pictures):
        raise UsageError(
            f"{pattern.parent} holds the input itself; name another folder for the pictures."
        )
