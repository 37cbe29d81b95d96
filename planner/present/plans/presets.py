"""Requests to begin with, each an answer to one question that a director may ask."""

from __future__ import annotations

from typing import Final

from planner.model.instance import Instance
from planner.model.weights import Weights
from planner.optimise.explain.distance_to_best import USUAL_WEIGHTS
from planner.present.words.text import figure, text
from planner.scenario.vocabulary import Constraints, Offices, Propose

PRESETS: Final = ("short_way", "robust", "little_change", "councils")
#: What one percent of the people with another host is worth, in minutes of mean travel.
CHANGE_RATE: Final = 0.5


def preset(name: str, asked: Propose, instance: Instance) -> Propose:
    """Return one of `PRESETS`; what a request says of the search and of presence stays.

    Parameters
    ----------
    name : of the preset.
    asked : the request before.
    instance : the region, whose baseline says how many offices there are.
    """
    weights, limits = USUAL_WEIGHTS, Constraints()
    if name == "short_way":
        weights = Weights(travel=1.0)
        limits = Constraints(offices=Offices(max=len(instance.baseline.hosts)))
    elif name == "robust":
        limits = Constraints(min_fte=_least_fte(instance))
    elif name == "little_change":
        weights = weights.model_copy(update={"change": CHANGE_RATE})
    elif name == "councils":
        limits = Constraints(within="council")
    return asked.model_copy(update={"weights": weights, "constraints": limits})


def preset_help(name: str, instance: Instance) -> str:
    """Say what a preset asks for."""
    return text(
        f"preset.help.{name}",
        offices=figure(len(instance.baseline.hosts), "offices"),
        fte=figure(_least_fte(instance), "fte", "assumed"),
    )


def _least_fte(instance: Instance) -> float:
    return float(instance.assumptions["withdrawal_least_fte"])
