"""Many machines: the workers of a Dask cluster that runs already.

They must have livemask installed, and find films and outputs by the same paths. A job that was
begun cannot be taken back by Dask; it ends by itself when its folder is removed.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from livemask.batch.job import Job, Outcome
from livemask.batch.work import do
from livemask.errors import UsageError

PATIENCE = 0.2
"""s between two looks at what is done."""

ANSWER = 10.0
"""s within which a scheduler answers."""


def work(
    jobs: Iterable[Job], address: str, stopped: Callable[[], bool]
) -> Iterator[tuple[Job, Outcome]]:
    """Yield jobs as the cluster has done them; ends early once `stopped()`.

    Parameters
    ----------
    jobs : iterable of Job
        All are handed over at once.
    address : str
        Of the scheduler, `HOST:PORT`.
    stopped : function
        Whether it is to end.

    Raises
    ------
    UsageError
        If there is no such cluster, or Dask is not installed.
    """
    with _client(address) as client:
        asked = {client.submit(do, job.text, pure=False, retries=0): job for job in jobs}
        try:
            while asked and not stopped():
                for future in [future for future in asked if future.done()]:
                    yield asked.pop(future), _outcome(future)
                time.sleep(PATIENCE)
        finally:
            client.cancel(list(asked), force=True)


def _client(address: str) -> Any:
    try:
        import distributed
    except ModuleNotFoundError as error:
        raise UsageError(
            f"--scheduler needs the package {error.name}: pip install 'livemask[cluster]'."
        ) from error
    try:
        connect: Any = distributed.Client
        return connect(address, timeout=ANSWER, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(
            f"no Dask scheduler answers at {address!r} ({error}); start one with `dask scheduler`."
        ) from error


def _outcome(future: Any) -> Outcome:
    if future.status == "finished":
        return Outcome.read(future.result())
    if future.status == "cancelled":
        return Outcome(error="the cluster has dropped it.")
    error = future.exception()
    return Outcome(error=f"its worker failed: {type(error).__name__}: {error}")
