"""Instance and request -> plans with what was proved about them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.optimise.grouping.propose import propose
    from planner.optimise.median.p_median import p_median

__all__ = ["p_median", "propose"]

_HOMES = {
    "p_median": "planner.optimise.median.p_median",
    "propose": "planner.optimise.grouping.propose",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    """Import a public name when it is first asked for: a plan drawn by hand needs no solver."""
    if name not in _HOMES:
        msg = f"module 'planner.optimise' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_HOMES[name]), name)
