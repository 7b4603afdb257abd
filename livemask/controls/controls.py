"""Controls: all that a person may change while it runs, in one place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from livemask.controls.acquaintance import Acquaintance
from livemask.controls.actions import Action, table
from livemask.controls.cameras import Cameras
from livemask.controls.company import Company
from livemask.controls.errands import Errands
from livemask.controls.following import Following
from livemask.controls.keys import listed, with_keys
from livemask.controls.leaving import Leaving
from livemask.controls.messages import Messages
from livemask.controls.picture import Picture
from livemask.controls.quality import Quality
from livemask.controls.switches import Switches
from livemask.controls.wearing import Dress, Wear, Wearing

FILMS = ("recorder", "session")
"""Outputs that a run is not ended over at one touch."""

PANES = "page", "dock", "rail"
"""Parts of the panel that keys go through, in their order."""

WALKING = frozenset(
    ("tab", "left", "right", "up", "down", "enter", "space", "home", "end", "page_up", "page_down")
)
"""Keys that go through the panel while it is used by keys; others do what they always do."""


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a run lets be changed beside the masks; what is left out changes nothing.

    `undress` takes all masks off, or puts them on again; `say` tells the user a line; `doing`
    what is still being loaded; `keys` are others than the usual ones, by the names of actions.
    """

    picture: Picture = field(default_factory=Picture)
    outputs: Switches = field(default_factory=Switches)
    following: Following = field(default_factory=Following)
    cameras: Cameras = field(default_factory=Cameras)
    company: Company = field(default_factory=Company)
    quality: Quality = field(default_factory=Quality)
    acquaintance: Acquaintance = field(default_factory=Acquaintance)
    quit_run: Callable[[], object] = lambda: None
    undress: Callable[[bool], object] = lambda _: None
    full_screen: Callable[[], object] = lambda: None
    say: Callable[[str], object] = lambda _: None
    doing: Callable[[], str] = lambda: ""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Controls(Wearing):
    """What may be changed while it runs. Keys, panel and pages ask it, from any thread.

    Parameters
    ----------
    masks, dress, wear
        See `Wearing`.
    parts : Parts, optional
        All else.

    Attributes
    ----------
    picture, outputs, following, cameras, company, quality, acquaintance
        See `Parts`.
    errands : Errands
        Does what may take long, so that nobody waits.
    messages : Messages
        What went wrong.
    actions : dict of str to Action
        All that a key or a button does.
    favourites : list of str
        Masks that are liked, in the order in which they were.
    panel : bool
        Whether the panel is shown.
    helping : bool
        Whether the keys are shown.
    pane : str
        Which part of the panel is used by keys; empty for none.
    leaving : Leaving
        Ends the run, or asks first.
    """

    def __init__(
        self, masks: Sequence[str], dress: Dress, wear: Wear, parts: Parts | None = None
    ) -> None:
        super().__init__(masks, dress, wear)
        parts = parts or Parts()
        self.picture, self.outputs = parts.picture, parts.outputs
        self.following, self.cameras = parts.following, parts.cameras
        self.company, self.acquaintance = parts.company, parts.acquaintance
        self.quality = parts.quality
        self.doing = parts.doing
        self.errands, self.messages = Errands(), Messages()
        self.favourites: list[str] = []
        self.panel, self.helping, self.pane = True, False, ""
        self.undress, self.full_screen, self._say = parts.undress, parts.full_screen, parts.say
        self.leaving = Leaving(lambda: any(map(self.outputs.is_on, FILMS)), parts.quit_run)
        self.actions = with_keys(table(self, self._leave), parts.keys)

    def toggle_panel(self) -> None:
        """Show the panel, or hide it."""
        self.panel, self.pane = not self.panel, ""

    def next_pane(self) -> None:
        """Use the next part of the panel by keys; the panel is shown if it is hidden."""
        at = PANES.index(self.pane) + 1 if self.pane else 0
        self.panel, self.pane = True, PANES[at % len(PANES)]

    def like(self, mask: str) -> None:
        """Make a mask a favourite, or no longer one."""
        if mask in self.favourites:
            self.favourites.remove(mask)
        else:
            self.favourites.append(mask)

    def action_of(self, key: str) -> Action | None:
        """Return what a key asks for."""
        return next((a for a in self.actions.values() if key in a.keys), None)

    def press(self, key: str) -> None:
        """Do what a key asks for, if anything."""
        if self.pane and key in WALKING:
            return
        action = self.action_of(key)
        if action is not None and action.do is not None:
            action.do()

    def release(self, key: str) -> None:
        """End what a key asks for only while it is held."""
        action = self.action_of(key)
        if action is not None and action.release is not None:
            action.release()

    def help(self) -> None:
        """Tell which key does what, and show it; asked again, show it no longer."""
        self.helping = not self.helping
        for line in listed(self.actions) if self.helping else ():
            self._say(line)

    def _leave(self) -> None:
        """Leave the list of the keys, then the panel, else the run."""
        if self.helping:
            self.helping = False
        elif self.pane:
            self.pane = ""
        else:
            self.leaving()

    def close(self) -> None:
        """Take no more wishes. Closing twice does nothing."""
        self.errands.close()
