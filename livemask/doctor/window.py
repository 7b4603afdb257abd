"""Whether a window can be opened."""

import os
import sys
from collections.abc import Iterator

from livemask.doctor.finding import Finding, State
from livemask.doctor.system import System
from livemask.errors import GraphicsError

_WITHOUT = "sit at the machine or use ssh -X; without a window: --headless with --record or --csv"


def examine(system: System) -> Iterator[Finding]:
    """Open a window that is not shown."""
    display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.platform.startswith("linux") and not display:
        yield Finding("window", State.MISSING, "there is no display (DISPLAY is not set)", _WITHOUT)
        return
    facts = {"display": display}
    try:
        from livemask.render.window import Window

        window = Window("livemask", (16, 16), visible=False)
    except GraphicsError as error:
        text = " ".join(str(error).split())
        cure = system.install_library(text) or _WITHOUT
        yield Finding("window", State.MISSING, text, cure, facts=facts)
        return
    window.close()
    where = f" on the display {display}" if display else ""
    yield Finding("window", State.OK, f"can be opened{where}", facts=facts)
