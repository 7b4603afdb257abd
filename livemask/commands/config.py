"""`livemask config`: where the settings are, what holds, and how to start anew."""

import rich_click as click

from livemask.commands.console import say


@click.group(cls=click.RichGroup)
def config() -> None:
    """Tell where the settings are and what holds, or start anew."""


@config.command("path")
def path() -> None:
    """Print the name of the settings file, whether it is there or not."""
    from livemask.settings.store import settings_file

    say(str(settings_file()))


@config.command("show")
@click.option("--profile", metavar="NAME", help="As with this profile.")
@click.option("--all", "everything", is_flag=True, help="Show what nobody has changed, too.")
@click.pass_context
def show(context: click.Context, profile: str | None, everything: bool) -> None:
    """Print each setting that somebody has changed, its value, and where it comes from."""
    from livemask.commands.run import run
    from livemask.commands.settings import DEFAULT, chosen

    with run.make_context("run", [], parent=context) as asked:
        choice = chosen(asked, dict(asked.params), profile)
    shown = {n: o for n, o in choice.origins.items() if everything or o[1] != DEFAULT}
    for name, (value, origin) in sorted(shown.items()):
        say(f"{name} = {_text(value)}    ({origin})")
    settings = choice.settings
    for action, keys in sorted(settings.keys.items()):
        say(f"keys.{action} = {_text(keys)}    (settings.toml)")
    for plugin, options in sorted(settings.options.items()):
        for key, value in options.items():
            say(f"{plugin}.{key} = {_text(value)}    (settings.toml)")
    for name in sorted(settings.calibrations):
        say(f"{f'profile.{name}.' if name else ''}calibration is kept    (settings.toml)")
    if not (shown or settings.keys or settings.options or settings.calibrations):
        say("Nothing is set: all is as at first.")


@config.command("reset")
def reset() -> None:
    """Start anew: the settings file is kept under another name."""
    from livemask.settings.store import Store, settings_file

    aside = Store(settings_file()).reset()
    say("There were no settings." if aside is None else f"The former settings are in {aside}.")


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_text, value))}]"
    if not isinstance(value, str):
        return str(value)
    return f"'{value}'" if '"' in value else f'"{value}"'
