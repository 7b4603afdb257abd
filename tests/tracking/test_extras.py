from typing import get_args

import click
import pytest

from livemask import cli
from livemask.tracking.extras import LEVELS, Level


@pytest.mark.parametrize("command", ["run", "demo"])
def test_the_command_line_offers_every_level_and_no_other(command):
    (option,) = (p for p in cli.commands.commands[command].params if p.name == "fit")
    assert isinstance(option.type, click.Choice)
    assert set(option.type.choices) == set(LEVELS) == set(get_args(Level))
    assert option.default == "full"
