"""How this app was started: which scenarios it offers, and whether they may be changed."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from planner.io.bundle import Bundle
from planner.workspace import Workspace, default_workspace

READ_ONLY = "KONTORPLAN_READ_ONLY"
SCENARIOS = "KONTORPLAN_SCENARIOS"


def read_only() -> bool:
    """Tell whether nothing may be edited or saved, as for councils."""
    return os.environ.get(READ_ONLY, "") not in {"", "0"}


def workspace() -> Workspace:
    """Return the data and the scenarios of this app; the same data for all sessions."""
    usual = default_workspace()
    folder = os.environ.get(SCENARIOS)
    return replace(usual, scenarios=Path(folder)) if folder else usual


def bundle() -> Bundle:
    """Return the data tables of this app."""
    return workspace().data
