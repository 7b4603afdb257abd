"""Which key asks for what: the usual ones, and those that the user has chosen instead."""

from collections.abc import Mapping
from dataclasses import replace

from livemask.controls.actions import Action


def with_keys(
    actions: Mapping[str, Action], chosen: Mapping[str, tuple[str, ...]]
) -> dict[str, Action]:
    """Return `actions` with the keys that are chosen for some of them.

    A key that is chosen no longer asks for what it usually does.
    """
    taken = {key for name in actions.keys() & chosen.keys() for key in chosen[name]}
    left = {n: tuple(k for k in a.keys if k not in taken) for n, a in actions.items()}
    return {n: replace(a, keys=tuple(chosen.get(n, left[n]))) for n, a in actions.items()}


def listed(actions: Mapping[str, Action]) -> list[str]:
    """Return a line for each action that a key asks for: its keys, and what it does."""
    shown = [(", ".join(map(shown_key, a.keys)), a) for a in actions.values() if a.keys and a.do]
    width = max((len(keys) for keys, _ in shown), default=0)
    return [f"{keys:{width}}  {action.label}" for keys, action in shown]


def shown_key(key: str) -> str:
    """Return a key as it stands on keyboards."""
    return "Esc" if key == "escape" else key.replace("_", " ").capitalize()
