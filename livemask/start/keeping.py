"""What a run says of itself to a session that it keeps, and which outputs one may have."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from livemask.config import Config
from livemask.session.folder import apart, free_folder
from livemask.session.settings import NOTED, REPLAYED
from livemask.sources.address import shown
from livemask.wardrobe import will_hide


def session_is_free(config: Config, files: Sequence[Path]) -> None:
    """Refuse a session that is in the way, and outputs in one that is replayed.

    Raises
    ------
    UsageError, SinkError
    """
    kept = [] if config.session is None else [config.session]
    for folder in kept:
        free_folder(folder, config.overwrite)
    if config.replay is not None:
        apart(config.replay, *files, *kept)


def session_options(config: Config, source: Any) -> dict[str, Any]:
    """Return the options of the output `session`; `source` is what is played."""
    kept = {name: getattr(config, name) for name in (*REPLAYED, *NOTED)}
    kept |= {"source": shown(config.source), "hides": will_hide(config.masks)}
    handled = {"overwrite": config.overwrite, "live": source.live}
    return {"settings": kept, "rate": source.rate, **handled}
