"""How this app was started: which scenarios it offers, and whether they may be changed."""

from __future__ import annotations

import os
from pathlib import Path

from planner import shipped

READ_ONLY = "KONTORPLAN_READ_ONLY"
SCENARIOS = "KONTORPLAN_SCENARIOS"


def read_only() -> bool:
    """Tell whether nothing may be edited or saved, as for councils."""
    return os.environ.get(READ_ONLY, "") not in {"", "0"}


def scenario_folder() -> Path:
    """Return the folder whose folders, one a region, hold the scenario files."""
    return Path(os.environ.get(SCENARIOS) or shipped.SCENARIOS)
