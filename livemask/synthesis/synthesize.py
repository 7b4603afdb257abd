"""Makes the pictures of an order that a folder does not hold yet."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from livemask.errors import UsageError
from livemask.library.opening import open_model
from livemask.synthesis.crew import make, photos_in
from livemask.synthesis.manifest import claim, marks_of
from livemask.synthesis.order import Order
from livemask.synthesis.storing import is_done


def synthesize(
    count: int,
    out: Path,
    order: Order | None = None,
    *,
    workers: int = 1,
    overwrite: bool = False,
    told: Callable[[int, int], object] = lambda _done, _all: None,
    stopped: Callable[[], bool] = lambda: False,
) -> int:
    """Make pictures 0 to `count` - 1 of an order with their labels; return how many are there.

    Those that are there already are left as they are. Picture i is the same, bit for bit, with
    any number of workers and after any interruption.

    Parameters
    ----------
    count : int
        How many are wanted.
    out : Path
        The folder of all files.
    order : Order, optional
        What the pictures have in common; `Order()` if left out.
    workers : int
        Processes that make them; 1 makes them in this one.
    overwrite : bool
        Whether pictures that are there, of any order, are made anew.
    told : function
        Told how many are done, of how many.
    stopped : function
        Whether to end early.

    Raises
    ------
    UsageError
        If the folder holds pictures of another order.
    SinkError
        If a file cannot be written.
    """
    if count < 1:
        raise UsageError(f"{count} pictures cannot be made; ask for 1 or more.")
    order = order or Order()
    if order.backgrounds:
        order = replace(order, backgrounds=str(Path(order.backgrounds).resolve()))
    marks = marks_of(open_model(order.model), photos_in(order.backgrounds))
    claim(out, order, marks, overwrite=overwrite)
    left = [index for index in range(count) if not is_done(out, order, index)]
    done = count - len(left)
    told(done, count)
    for more in make(out, order, left, workers, stopped):
        done += more
        told(done, count)
    return done
