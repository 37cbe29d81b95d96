"""Specialist functions of an office: the work that each asks for, and the team that carries it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, RootModel

from planner.io.bundle import Bundle
from planner.io.yaml_table import read_yaml_table
from planner.yamlfile.tree import Node, TextFault

Floats = npt.NDArray[np.float64]
Employer = Literal["municipal", "state", "either"]

_NEEDS = ("need_per_10000_fte", "need_per_office_fte", "need_per_presence_day_fte")
_Need = Annotated[float, Field(ge=0, le=1000)]
_Count = Annotated[int, Field(ge=1, le=1000)]
_Text = Annotated[str, Field(min_length=3, max_length=1000)]


class SpecialistFunction(BaseModel):
    """One function: how much work it is, who may do it, and when it counts as manned.

    The need is the sum of its three parts, at least one of which is above 0.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    name: _Text
    """What planners call it."""

    employer: Employer
    """Whose staff do it: the municipality's, the state's, or either's."""

    need_per_10000_fte: _Need = 0.0
    """FTE for 10 000 inhabitants of the group."""

    need_per_office_fte: _Need = 0.0
    """FTE for every office, whatever its size."""

    need_per_presence_day_fte: _Need = 0.0
    """FTE for every day a week with physical presence, the host's five days among them."""

    least_team: _Count
    """Fewest advisers who are colleagues in the function, so that one can replace another."""

    least_post_share: Annotated[float, Field(gt=0, le=1)]
    """Share of a post that each of them has for it, so that the team counts as possible."""

    least_present: _Count
    """Fewest of them at work on a day that counts as covered; at most the least team."""

    follows_users: bool
    """Whether its advisers follow up users over time, in one municipality or several."""

    decides_cases: bool
    """Whether it decides cases about persons, which only a host may do for others."""

    provenance: Literal["observed", "estimated", "assumed"]
    """Of the need: published, estimated from a published figure, or chosen."""

    source: _Text
    """Who says so, or why it was chosen."""

    @property
    def may_be_pooled(self) -> bool:
        """Whether offices may share its advisers without a host.

        Not where it decides cases for a municipality, nor where it is bound to each office or to
        its days of presence.
        """
        bound = self.need_per_office_fte > 0 or self.need_per_presence_day_fte > 0
        return not (self.decides_cases or bound)

    def need_fte(self, population: Floats, presence_days: Floats) -> Floats:
        """Work that the function asks for in each group, FTE; shape of `population`.

        Parameters
        ----------
        population : inhabitants of each group.
        presence_days : days a week with presence, summed over each group's municipalities.
        """
        return (
            self.need_per_10000_fte * population / 10_000
            + self.need_per_office_fte
            + self.need_per_presence_day_fte * presence_days
        )


class _File(RootModel[dict[str, SpecialistFunction]]):
    model_config = ConfigDict(strict=True)


def read_functions(bundle: Bundle) -> dict[str, SpecialistFunction]:
    """Read the specialist functions by key, in the file's order.

    Raises
    ------
    DataError : the file cannot be read as YAML, has an unknown, missing or repeated key, or a
        value that does not fit; all faults at once, each at its line.
    """
    return read_yaml_table(bundle, "functions", _File, _all_contradictions)


def _all_contradictions(
    root: Node, functions: Mapping[str, SpecialistFunction]
) -> Iterator[TextFault]:
    for key, function in functions.items():
        yield from _contradictions(root.find(key), function)


def _contradictions(node: Node, function: SpecialistFunction) -> Iterator[TextFault]:
    if not any(getattr(function, need) for need in _NEEDS):
        yield TextFault.at(node, f"needs no staff. One of {', '.join(_NEEDS)} above 0 is expected.")
    if function.least_present > function.least_team:
        message = (
            f"{function.least_present} present are more than the team of {function.least_team}. "
            "At most the least_team is expected."
        )
        yield TextFault.at(node.find("least_present"), message)
