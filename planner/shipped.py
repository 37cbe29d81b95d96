"""What travels with the package beside its modules: data tables and scenarios.

In a checkout they lie in the repository's own folders, where they are edited; a wheel carries them
inside the package.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(str(resources.files("planner")))
_CARRIED: Final = _PACKAGE / "_shipped"
_ROOT: Final = _CARRIED if _CARRIED.is_dir() else _PACKAGE.parent

DATA: Final = _ROOT / "data"
SCENARIOS: Final = _ROOT / "scenarios"
#: Whether they belong to an installed wheel: the next version replaces them.
INSTALLED: Final = _CARRIED.is_dir()
