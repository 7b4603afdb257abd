"""From defaults, settings, environment and command line to what a run is asked to do."""

import os
from dataclasses import dataclass
from typing import Any

import rich_click as click
from click.core import ParameterSource

from livemask.config import Config
from livemask.errors import LivemaskError
from livemask.settings.environment import told
from livemask.settings.settings import Reader, Settings
from livemask.settings.store import Store, settings_file

PROFILE = "LIVEMASK_PROFILE"

Origin = tuple[Any, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen for a run, and by whom.

    Attributes
    ----------
    origins : dict of str to (value, str)
        Of each setting, and where it comes from.
    settings : Settings
    profile : str
        Empty for none.
    """

    origins: dict[str, Origin]
    settings: Settings
    profile: str

    @property
    def config(self) -> Config:
        """All of it as a run wants it."""
        values = {name: value for name, (value, _) in self.origins.items()}
        settings = self.settings
        try:
            return Config(
                **values,
                calibration=settings.calibration(self.profile),
                favourites=settings.favourites,
                keys=settings.keys,
                options=settings.options,
            )
        except LivemaskError as error:
            others = {origin for _, origin in self.origins.values()} - {DEFAULT, GIVEN}
            if others:
                named = " and ".join(sorted(others))
                error.add_note(f"some values come from {named}: see `livemask config show`.")
            raise


DEFAULT, GIVEN = "default", "command line"

YES, NO = ("yes", "true", "on", "1"), ("no", "false", "off", "0")
"""What a switch may be set to in the environment."""


def chosen(context: click.Context, options: dict[str, Any], profile: str | None) -> Choice:
    """Return what is chosen: defaults < file < profile < environment < command line.

    Raises
    ------
    UsageError
        If there is no such profile.
    """
    from livemask.controls.names import ACTIONS  # brings numpy along

    typed = _Typed(context)
    store = Store(settings_file())
    settings = Reader(store.file.name, typed, typed.known, ACTIONS)(store.read())
    name = profile if profile is not None else os.environ.get(PROFILE, "")
    settings.of(name)
    origins: dict[str, Origin] = {n: (options[n], DEFAULT) for n in typed.known if n in options}
    layers = (
        (store.file.name, settings.values),
        (f"profile {name}", settings.profiles.get(name, {})),
        ("the environment", told(os.environ, typed, typed.known, typed.several)),
        (GIVEN, _given(context, options)),
    )
    for origin, values in layers:
        origins |= {n: (value, origin) for n, value in values.items() if n in typed.known}
    return Choice(origins, settings, name)


def save(changes: dict[str, Any], profile: str) -> None:
    """Keep what was changed while a run went on, for the next one."""
    Store(settings_file()).save(changes, profile)


def _given(context: click.Context, options: dict[str, Any]) -> dict[str, Any]:
    """Return the options that stand on the command line."""
    by_user = ParameterSource.COMMANDLINE
    return {n: v for n, v in options.items() if context.get_parameter_source(n) is by_user}


class _Typed:
    """Reads values as the options of a command would."""

    def __init__(self, context: click.Context) -> None:
        self._context = context
        listed = [p for p in context.command.params if isinstance(p, click.Option)]
        fields = Config.__dataclass_fields__
        self._params = {p.name: p for p in listed if p.name in fields}
        self.known = list(self._params)
        self.several = [name for name, p in self._params.items() if p.multiple]

    def __call__(self, name: str, value: Any) -> Any:
        param = self._params[name]
        if param.multiple:
            texts = [value] if isinstance(value, str) else value
            if not isinstance(texts, list) or not all(isinstance(t, str) for t in texts):
                raise ValueError("it must be a list of texts")
            return tuple(texts)
        if param.is_flag and isinstance(value, str):  # in the environment it is written out
            return _yes_or_no(value)
        if isinstance(value, (list, dict)) or isinstance(value, bool) != bool(param.is_flag):
            raise ValueError("it is of another kind")
        try:
            return param.type.convert(value if param.is_flag else str(value), param, self._context)
        except click.UsageError as error:
            raise ValueError(error.message.rstrip(".")) from error


def _yes_or_no(text: str) -> bool:
    word = text.strip().lower()
    if word not in (*YES, *NO):
        raise ValueError(f"write {', '.join(YES)} or {', '.join(NO)}")
    return word in YES
