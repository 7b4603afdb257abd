"""Opens what is played, whatever it is."""

from typing import Any

from livemask import plugins
from livemask.config import Config
from livemask.sources.choose import open_source
from livemask.sources.recorded import RecordedSource


def open_any_source(config: Config) -> Any:
    """Return the source that `config.source` names: the performer, a camera or a file."""
    if config.replay is not None:
        return RecordedSource(config.replay)
    # Not yet parsed: the name of a film may hold commas.
    if config.source.partition(",")[0].strip() != "performer":
        return open_source(config.source, size=config.size, fps=config.fps)
    from livemask.performer import Performer

    name, options = plugins.parse(config.source)
    given: dict[str, Any] = {"size": config.size or (1280, 720)}
    if config.fps is not None:
        given["rate"] = config.fps
    return Performer(**given | plugins.typed(Performer, name, options))
