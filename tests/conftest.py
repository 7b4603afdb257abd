"""What holds for all tests."""

import os
import signal
import tempfile

import pytest
from hypothesis import settings

# The same examples every time, and none fails for taking long on a busy machine.
settings.register_profile("livemask", derandomize=True, deadline=None)
settings.load_profile("livemask")


def pytest_configure(config: pytest.Config) -> None:
    """Keep the tests from the user's models, settings and log; compiled kernels are shared."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # as shells start jobs in the background
        signal.signal(signal.SIGINT, signal.default_int_handler)
    folder = tempfile.TemporaryDirectory(prefix="livemask-tests-")
    config.add_cleanup(folder.cleanup)
    for name in ("DATA", "CONFIG", "LOGS"):
        os.environ[f"LIVEMASK_{name}"] = os.path.join(folder.name, name.lower())  # noqa: PTH118
