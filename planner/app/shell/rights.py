"""Whether the scenarios of this app may be changed."""

from __future__ import annotations

import os

READ_ONLY = "KONTORPLAN_READ_ONLY"


def read_only() -> bool:
    """Tell whether nothing may be edited or saved, as for councils."""
    return os.environ.get(READ_ONLY, "") not in {"", "0"}
