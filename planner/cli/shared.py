"""What all commands share: exit codes, and JSON on standard output."""

from __future__ import annotations

import json
from typing import Any

FAULTY, NO_PLAN, INTERRUPTED = 2, 3, 130


def print_json(document: dict[str, Any]) -> None:
    """Print one object; the same object gives the same bytes."""
    print(json.dumps(document, ensure_ascii=False, indent=2, sort_keys=False, allow_nan=False))
