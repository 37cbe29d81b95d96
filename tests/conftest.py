"""Tests that give the same verdict wherever, whenever and however slowly they run."""

import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings

from planner.today import VARIABLE

# The same examples every time, and no time limit: machines differ, and a test is no benchmark.
settings.register_profile("kontorplan", deadline=None, derandomize=True)
settings.load_profile("kontorplan")
# The same day every time, for the processes that tests start too.
os.environ[VARIABLE] = "2026-11-30"


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """Let Ctrl-C interrupt as at a terminal: what a shell starts with `&` is deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
