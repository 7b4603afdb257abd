"""The outputs that are asked for."""

from collections.abc import Callable
from typing import Any

from livemask.config import Config
from livemask.plugins import parse
from livemask.sinks.files import distinct, writable
from livemask.sinks.streaming.chooser import Masks
from livemask.sources.choose import named_file
from livemask.start.keeping import session_is_free, session_options
from livemask.start.recording import (
    camera_options,
    films,
    later_options,
    recorder_options,
    recording_is_free,
)
from livemask.start.sending import sending_can_be

Tell = Callable[[str], object]


def outputs_are_free(config: Config) -> None:
    """Refuse outputs that are in the way before anything is opened.

    Raises
    ------
    UsageError
    """
    written = *films(config), config.csv, config.livelink_csv, config.gltf, config.stats
    files = [f for f in written if f is not None]
    distinct(*files, *filter(None, [config.session]))
    session_is_free(config, files)
    recording_is_free(config)
    sending_can_be(config)
    source = named_file(config.source)
    for file in files:
        writable(file, source, config.overwrite)


def wanted_outputs(
    config: Config,
    source: Any,
    masks: Masks,
    tell: Tell | None = None,
    now: Callable[[], Config] | None = None,
) -> list[tuple[str, dict[str, Any]]]:
    """Return the outputs that are asked for, and options of each.

    `source` is what is played; `masks` may be changed, and `tell` is told an address, by those
    that are asked from elsewhere. `now` returns the config as it is by then.
    """
    wanted: list[tuple[str, dict[str, Any]]] = []
    if config.record is not None:
        options = {**recorder_options(config, source), **played("recorder", config, source)}
        wanted.append(("recorder", {"file": config.record, **options}))
    if config.csv is not None:
        wanted.append(("csv", {"file": config.csv, **played("csv", config, source)}))
    if config.virtual_camera is not None:
        wanted.append(("virtual-camera", played("virtual-camera", config, source)))
    if config.livelink_csv is not None:
        files = played("livelink-csv", config, source)
        wanted.append(("livelink-csv", {"file": config.livelink_csv, **files}))
    if config.gltf is not None:
        wanted.append(("gltf", {"file": config.gltf, **played("gltf", config, source)}))
    if config.session is not None:
        options = played("session", config, source, now)
        wanted.append(("session", {"folder": config.session, **options}))
    for name in ("vmc", "openseeface", "livelink", "opentrack"):
        if (address := getattr(config, name)) is not None:
            extra = {"names": config.vmc_names} if name == "vmc" else {}
            wanted.append((name, {"address": address, **extra}))
    stream = {"masks": masks, "tell": tell}
    if config.stream is not None:
        wanted.append(("stream", {"port": config.stream, "host": config.stream_host, **stream}))
    wanted += [(text, stream if parse(text)[0] == "stream" else {}) for text in config.sinks]
    return wanted


def played(
    name: str, config: Config, source: Any, now: Callable[[], Config] | None = None
) -> dict[str, Any]:
    """Return the options of an output that follow from the run and what is played."""
    if name == "virtual-camera":
        return camera_options(config)
    if name == "session":
        return session_options(now or (lambda: config), source)
    if name == "stream" and config.stream is not None:
        return {"port": config.stream, "host": config.stream_host}
    if name not in ("recorder", "csv", "livelink-csv", "gltf"):
        return {}
    rate = {"rate": source.rate, **later_options(config, source)} if name == "recorder" else {}
    return {"source": source.path, "overwrite": config.overwrite, "live": source.live, **rate}
