"""Kontorplan: which municipalities should share an office, and what would it mean?"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from planner._version import __version__

if TYPE_CHECKING:
    from planner.model.plan import Plan
    from planner.pipeline.result import Result
    from planner.pipeline.run_scenario import compare, run
    from planner.scenario.load import load_scenario
    from planner.scenario.vocabulary import Scenario

__all__ = ["Plan", "Result", "Scenario", "__version__", "compare", "load_scenario", "run"]

_HOMES = {
    "Plan": "planner.model.plan",
    "Result": "planner.pipeline.result",
    "Scenario": "planner.scenario",
    "compare": "planner.pipeline.run_scenario",
    "load_scenario": "planner.scenario.load",
    "run": "planner.pipeline.run_scenario",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    """Import a public name when it is first asked for: `planner --help` needs none of them."""
    if name not in _HOMES:
        msg = f"module 'planner' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_HOMES[name]), name)
