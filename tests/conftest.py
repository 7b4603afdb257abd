"""What holds for all tests."""

from hypothesis import settings

# The same examples every time, and none fails for taking long on a busy machine.
settings.register_profile("livemask", derandomize=True, deadline=None)
settings.load_profile("livemask")
