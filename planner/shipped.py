"""Where what comes with the program lies; a module of its own, since commands start without data.

A wheel carries data and scenarios inside the package. In a checkout they lie beside it, and are
edited there.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(str(resources.files("planner")))
_CARRIED: Final = _PACKAGE / "_shipped"
#: Whether this is an installed wheel: the next version replaces what is changed in it.
INSTALLED: Final = _CARRIED.is_dir()
_HOME: Final = _CARRIED if INSTALLED else _PACKAGE.parent
DATA: Final = _HOME / "data"
SCENARIOS: Final = _HOME / "scenarios"
