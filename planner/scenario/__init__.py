"""A scenario: the words of its YAML, reading it with every fault at its line, editing, saving."""

from planner.model.plan import Form
from planner.model.weights import Weights
from planner.scenario.network_keys import (
    LinkChange,
    LinkClosure,
    LinkEnds,
    Network,
    NewLink,
)
from planner.scenario.vocabulary import (
    BASELINES,
    Agreement,
    Constraints,
    Hosts,
    Offices,
    Override,
    Propose,
    Region,
    RiskScore,
    Scenario,
    Solver,
)

__all__ = [
    "BASELINES",
    "Agreement",
    "Constraints",
    "Form",
    "Hosts",
    "LinkChange",
    "LinkClosure",
    "LinkEnds",
    "Network",
    "NewLink",
    "Offices",
    "Override",
    "Propose",
    "Region",
    "RiskScore",
    "Scenario",
    "Solver",
    "Weights",
]
