"""Tests that give the same verdict wherever and however slowly they run."""

from hypothesis import settings

# The same examples every time, and no time limit: machines differ, and a test is no benchmark.
settings.register_profile("kontorplan", deadline=None, derandomize=True)
settings.load_profile("kontorplan")
