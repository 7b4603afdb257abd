"""Company: whose faces a run is about, changed while it runs."""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from livemask.config import MOST_FACES
from livemask.people import People

LOG = logging.getLogger("livemask")

BLURRED = (
    "whoever is not chosen is blurred from now on, since a mask that hides is worn. "
    "Leave others alone in the panel (People) if they may be seen."
)


class Company:
    """How many faces, which, and what becomes of the others.

    Nobody loses a mask that hides by the way: where a face is no longer chosen and others would
    be left alone, they are blurred instead. Who is to be seen bare must be asked for by name.

    Parameters
    ----------
    people : People
        At first.
    mind : function
        Is about others from the next frame on.
    choose : function
        Makes a face a chosen one, from the next frame on.
    hides : function
        Tells whether anything that is worn hides.

    Attributes
    ----------
    people : People
        As it is now.
    """

    def __init__(
        self,
        people: People | None = None,
        mind: Callable[[People], object] = lambda _: None,
        choose: Callable[[int], object] = lambda _: None,
        hides: Callable[[], bool] = lambda: True,
    ) -> None:
        self.people = people or People()
        self._mind, self._choose, self._hides = mind, choose, hides
        self._changing = threading.Lock()

    def change(self, **values: Any) -> None:
        """Be about others; names and values are those of `People`."""
        with self._changing:
            fewer = values.get("most", self.people.most) < self.people.most
            self._set(replace(self.people, **values), safely=fewer and "others" not in values)

    def choose(self, face: int) -> None:
        """Follow this face of those that are there, and no other in its stead."""
        with self._changing:
            self._set(replace(self.people, choice="locked"), safely=True)
            self._choose(face)

    def add(self, face: int) -> None:
        """Follow this face beside those that are chosen."""
        with self._changing:
            self._set(replace(self.people, most=min(self.people.most + 1, MOST_FACES)), safely=True)
            self._choose(face)

    def count(self, on: bool) -> None:
        """Follow passers-by too, to choose among them; or no longer."""
        if on != self.people.counted:
            self.change(counted=on)

    def _set(self, people: People, *, safely: bool) -> None:
        if safely and people.others == "real" and self._hides():
            people = replace(people, others="blur")
            LOG.warning("%s", BLURRED)
        if people != self.people:
            self._mind(people)
            self.people = people
