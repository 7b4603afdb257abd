"""Settings in the environment: LIVEMASK_MASKS, LIVEMASK_FOV, and so on."""

import difflib
import logging
from collections.abc import Callable, Collection, Mapping
from typing import Any

LOG = logging.getLogger("livemask")

PREFIX = "LIVEMASK_"

OTHERS = frozenset({"HOME", "DATA", "CONFIG", "CACHE", "LOGS", "PROFILE"})
"""What is no setting."""

BETWEEN = ";"
"""Of several values."""


def told(
    environment: Mapping[str, str],
    typed: Callable[[str, Any], Any],
    known: Collection[str],
    several: Collection[str],
) -> dict[str, Any]:
    """Return the settings that the environment names; what cannot be is left out, and said.

    Parameters
    ----------
    environment : mapping of str to str
        Of the process.
    typed : function(name, value)
        Returns a value as `Config` wants it; raises ValueError if it cannot be.
    known, several : collection of str
        The names of settings, and of those that take several values.
    """
    values = {}
    for variable, text in environment.items():
        name = variable.removeprefix(PREFIX)
        if name == variable or name in OTHERS:
            continue
        if name.lower() not in known:
            near = difflib.get_close_matches(name, [k.upper() for k in known], 1)
            hint = f" Did you mean {PREFIX}{near[0]}?" if near else ""
            LOG.warning("there is no setting for %s.%s", variable, hint)
            continue
        given: Any = text.split(BETWEEN) if name.lower() in several else text
        try:
            values[name.lower()] = typed(name.lower(), given)
        except ValueError as error:
            LOG.warning("%s=%r is left out: %s", variable, text, error)
    return values
