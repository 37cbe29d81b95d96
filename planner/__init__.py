"""Kontorplan: which municipalities should share an office, and what would it mean?"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.io.scenario_file import load_scenario
    from planner.model.plan import Plan
    from planner.pipeline import compare, run
    from planner.result import Result
    from planner.scenario import Scenario

__version__ = "0.1.0"
__all__ = ["Plan", "Result", "Scenario", "__version__", "compare", "load_scenario", "run"]

_HOMES = {
    "Plan": "planner.model.plan",
    "Result": "planner.result",
    "Scenario": "planner.scenario",
    "compare": "planner.pipeline",
    "load_scenario": "planner.io.scenario_file",
    "run": "planner.pipeline",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    """Import a public name when it is first asked for: `planner --help` needs none of them."""
    if name not in _HOMES:
        msg = f"module 'planner' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_HOMES[name]), name)
