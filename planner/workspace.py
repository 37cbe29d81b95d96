"""Where a program works: its data and its scenarios. Made at the door and passed down."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from planner.io.bundle import Bundle
from planner.memo import Memo
from planner.shipped import DATA, SCENARIOS


@dataclass(frozen=True)
class Workspace:
    """What commands and pages work with.

    Attributes
    ----------
    data : the registered tables.
    scenarios : the folder whose folders, one a region, hold scenario files.
    """

    data: Bundle
    scenarios: Path

    @property
    def memo(self) -> Memo:
        """What was computed from the data, and may be asked for again."""
        return self.data.memo


@cache
def default_workspace() -> Workspace:
    """Return the data and the scenarios that come with the program; the same for all who ask."""
    return Workspace(Bundle(DATA), SCENARIOS)
