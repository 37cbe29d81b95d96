"""What all commands share: exit codes, scenario files, and JSON on standard output."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from planner.shipped import SCENARIOS

FAULTY, NO_PLAN, INTERRUPTED = 2, 3, 130


def scenario_file(written: str) -> Path:
    """Return the file that is meant: one of the caller's, or a shipped one as `scenarios` lists."""
    shipped = SCENARIOS / f"{written}.yaml"
    return shipped if shipped.is_file() and not Path(written).exists() else Path(written)


def print_json(document: dict[str, Any]) -> None:
    """Print one object; the same object gives the same bytes."""
    print(json.dumps(document, ensure_ascii=False, indent=2, sort_keys=False, allow_nan=False))
