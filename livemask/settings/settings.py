"""Settings: what the file says, checked name by name."""

import difflib
import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from livemask import plugins
from livemask.calibration.calibration import Calibration
from livemask.errors import UsageError
from livemask.plugins import syntax

LOG = logging.getLogger("livemask")

ROOMS = {"mask": "masks", "detector": "detectors", "sink": "sinks"}
"""Tables of tables: `[mask.watermelon]`. Those of sinks may do without: `[recorder]`."""

CALIBRATION = "calibration"
"""Its table is none of a plug-in."""

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a settings file says.

    Attributes
    ----------
    values : dict
        Of all runs, by the names of `Config`.
    profiles : dict of dict
        Of runs with a profile, by its name.
    keys : dict of str to tuple of str
        Which keys ask for an action.
    favourites : tuple of str
        Masks, in their order.
    options : dict of dict
        Of plug-ins, by `masks.watermelon`.
    calibrations : dict of str to Calibration
        By the names of profiles; that of runs without one under an empty name.
    """

    values: Values = field(default_factory=dict)
    profiles: dict[str, Values] = field(default_factory=dict)
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    favourites: tuple[str, ...] = ()
    options: dict[str, Values] = field(default_factory=dict)
    calibrations: dict[str, Calibration] = field(default_factory=dict)

    def calibration(self, profile: str) -> Calibration:
        """Return that of a run with a profile: the one of all runs, if it has none of its own."""
        usual = self.calibrations.get("", Calibration())
        return self.calibrations.get(profile, usual)

    def of(self, profile: str) -> Values:
        """Return the values of a run with a profile; of one without, if it is empty.

        Raises
        ------
        UsageError
            If there is no such profile.
        """
        if not profile:
            return dict(self.values)
        if profile not in self.profiles:
            known = f"There are: {', '.join(self.profiles)}." if self.profiles else "None yet."
            raise UsageError(
                f"there is no profile {profile!r}. {known} Write [profile.{profile}] into the "
                "file that `livemask config path` names."
            )
        return {**self.values, **self.profiles[profile]}


class Reader:
    """Checks what a settings file says; what cannot be is left out, and said.

    Parameters
    ----------
    where : str
        What the file is called when something in it is wrong.
    typed : function(name, value)
        Returns a value as `Config` wants it; raises ValueError if it cannot be.
    known : collection of str
        The names of settings.
    actions : collection of str
        The names of what keys ask for.
    """

    def __init__(
        self,
        where: str,
        typed: Callable[[str, Any], Any],
        known: Collection[str],
        actions: Collection[str],
    ) -> None:
        self._where, self._typed = where, typed
        self._known, self._actions = known, actions

    def __call__(self, document: Mapping[str, Any]) -> Settings:
        """Return what is in a document."""
        plain = {k: v for k, v in document.items() if not isinstance(v, dict)}
        tables = {k: v for k, v in document.items() if isinstance(v, dict)}
        favourites = _texts(plain.pop("favourites", []))
        if favourites is None:
            self._say("favourites must be a list of masks")
        profiles = _tables(tables.pop("profile", {}))
        given = {n: t[CALIBRATION] for n, t in [("", document), *profiles] if CALIBRATION in t}
        tables.pop(CALIBRATION, None)
        return Settings(
            self._values(plain, ""),
            {n: self._values(t, f"profile.{n}.") for n, t in profiles},
            self._keys(tables.pop("keys", {})),
            favourites or (),
            self._options(tables),
            dict(self._calibrations(given)),
        )

    def _say(self, text: str) -> None:
        LOG.warning("%s: %s.", self._where, text)

    def _unknown(self, what: str, name: str, known: Collection[str]) -> None:
        near = difflib.get_close_matches(name, known, 1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        LOG.warning("%s: there is no %s %r.%s", self._where, what, name, hint)

    def _values(self, table: Mapping[str, Any], prefix: str) -> Values:
        values = {}
        for given, value in table.items():
            name = given.replace("-", "_")
            if name == CALIBRATION:
                continue
            if name not in self._known:
                self._unknown("setting", prefix + given, [prefix + known for known in self._known])
                continue
            try:
                values[name] = self._typed(name, value)
            except ValueError as error:
                self._say(f"{prefix}{given} = {value!r} is left out: {error}")
        return values

    def _keys(self, table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
        keys = {}
        for given, value in table.items():
            name, texts = given.replace("-", "_"), _texts(value)
            if name not in self._actions:
                self._unknown("action", given, self._actions)
            elif texts is None:
                self._say(f"keys.{given} must be a key or a list of keys, not {value!r}")
            else:
                keys[name] = tuple(text.lower() for text in texts)
        return keys

    def _calibrations(self, given: Mapping[str, Any]) -> Iterator[tuple[str, Calibration]]:
        for profile, table in given.items():
            try:
                yield profile, Calibration.of(table)
            except UsageError as error:
                LOG.warning("%s: %s", self._where, error)

    def _options(self, tables: Mapping[str, Any]) -> dict[str, Values]:
        options = {}
        for room, name, table in _sections(tables):
            known: Collection[str] = plugins.names(room)
            if name in known:
                options[f"{room}.{name}"] = self._chosen(options_of(room, name), name, table)
            elif room == "sinks":
                self._unknown("section", name, [*ROOMS, "keys", "profile", *known])
            else:
                self._unknown(room.removesuffix("s"), name, known)
        return options

    def _chosen(self, has: list[str], name: str, table: Mapping[str, Any]) -> Values:
        """Return the options of one plug-in that it has."""
        kept = {}
        for given, value in table.items():
            key = given.replace("-", "_")
            if key not in has:
                self._unknown("option", f"{name}.{given}", [f"{name}.{known}" for known in has])
            elif isinstance(value, (dict, list)):
                self._say(f"{name}.{given} must be true, false, a number or a text, not {value!r}")
            else:
                kept[key] = value
        return kept


def options_of(room: str, name: str) -> list[str]:
    """Return the names of a plug-in's options: the keyword arguments of its `create`."""
    listed = syntax.options(plugins.found(room)[name].create)
    return [option.partition("=")[0] for option in listed]


def _sections(tables: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield room, name and options of each plug-in."""
    for given, table in tables.items():
        if given in ROOMS:
            yield from ((ROOMS[given], n.replace("_", "-"), t) for n, t in _tables(table))
        else:
            yield "sinks", given.replace("_", "-"), table


def _tables(table: Any) -> list[tuple[str, Mapping[str, Any]]]:
    pairs = table.items() if isinstance(table, dict) else ()
    return [(name, inner) for name, inner in pairs if isinstance(inner, dict)]


def _texts(value: Any) -> tuple[str, ...] | None:
    """Return a text, or a list of them, as a tuple; None if it is neither."""
    values = [value] if isinstance(value, str) else value
    good = isinstance(values, list) and all(isinstance(text, str) for text in values)
    return tuple(values) if good else None
