"""How this app was started: with which data, and which scenarios it offers."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from planner.io.bundle import Bundle
from planner.workspace import Workspace, default_workspace

SCENARIOS = "KONTORPLAN_SCENARIOS"
CONTACT = "KONTORPLAN_CONTACT"
ACCESSIBILITY = "KONTORPLAN_ACCESSIBILITY"


def workspace() -> Workspace:
    """Return the data and the scenarios of this app; the same data for all sessions."""
    usual = default_workspace()
    folder = os.environ.get(SCENARIOS)
    return replace(usual, scenarios=Path(folder)) if folder else usual


def bundle() -> Bundle:
    """Return the data tables of this app."""
    return workspace().data


def contact() -> str:
    """Return the address of mail of those who offer this app; empty where none is told."""
    return os.environ.get(CONTACT, "")


def statement_address() -> str:
    """Return where their own accessibility statement lies; empty where none is told."""
    return os.environ.get(ACCESSIBILITY, "")
