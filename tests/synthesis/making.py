"""A studio and its pictures for tests, made once."""

from functools import lru_cache

from livemask.synthesis.order import Order
from livemask.synthesis.studio import Picture, Studio
from tests.heads import shipped

ORDER = Order(size=128, yaw=40.0, things=0.3)
COUNT = 8


@lru_cache(maxsize=1)
def studio() -> Studio:
    """Return a studio of the shipped head."""
    return Studio(ORDER, shipped())


@lru_cache(maxsize=COUNT)
def picture(index: int) -> Picture:
    """Return a picture of it."""
    return studio().picture(index)
