"""The 16 risk factors: what each is measured by, when it is how likely, and how serious it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel

from planner.io.bundle import Bundle, kept
from planner.io.yaml_table import read_yaml_table
from planner.yamlfile.tree import Node, TextFault

#: Figures about a plan by which a factor can be measured; `planner.assess.risk.measures` computes
#: them.
RiskMeasure = Literal[
    "access.nearest_p90_min",
    "competence.complete_teams_share",
    "competence.fields_per_adviser",
    "competence.municipalities_per_adviser",
    "competence.staff_to_need_share",
    "competence.uncovered_days",
    "risk.colleagues_per_function",
    "risk.debt_counselling_post_share",
    "risk.employer_contact_post_share",
    "risk.leader_post_per_owner",
    "risk.locations_per_office",
    "risk.longer_way_p90_min",
    "risk.more_road_days_per_fte",
    "risk.office_fte",
    "risk.social_assistance_uncovered_days",
    "risk.youth_team_post_share",
]

FACTORS = range(1, 17)
LIKELIHOODS = range(2, 6)
#: A product of likelihood and consequence from which on a risk is high.
HIGH = 15

_Text = Annotated[str, Field(min_length=3, max_length=1000)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class FactorMeasurement(_Part):
    """How a factor's likelihood follows from a figure about the plan."""

    indicator: RiskMeasure
    """The figure."""

    reason: _Text
    """Why the figure stands for the factor."""

    worse: Literal["higher", "lower"]
    """Whether higher or lower figures make the factor likelier."""

    likelihood_beyond: dict[
        Annotated[int, Field(ge=LIKELIHOODS[0], le=LIKELIHOODS[-1])],
        Annotated[float, Field(allow_inf_nan=False)],
    ] = Field(
        json_schema_extra={
            "propertyNames": {"minimum": 2, "maximum": 5},
            "additionalProperties": {"type": "number"},
        }
    )
    """Likelihood -> figure beyond which it holds; up to the first, the likelihood is 1."""

    thresholds_from: Literal["quantiles", "norm"]
    """Whether they are fifths of the country's municipalities today, or follow a norm."""

    thresholds_reason: _Text
    """Which norm, or what was counted."""

    def likelihood(self, value: float) -> int:
        """Return the likelihood 1-5 of a figure; infinite is beyond every threshold."""
        sign = 1 if self.worse == "higher" else -1
        beyond = sum(sign * value > sign * limit for limit in self.likelihood_beyond.values())
        return 1 + beyond


class RiskFactor(_Part):
    """One factor. It is measured, or it is said why it cannot be."""

    name: _Text
    """What planners call it."""

    consequence: Annotated[int, Field(ge=1, le=5)]
    """How serious it is when it happens: 1 (harmless) to 5 (very serious)."""

    consequence_reason: _Text
    """Why it is that serious, on the scale of docs/risk.md."""

    measured_by: FactorMeasurement | None = None
    """What its likelihood follows from."""

    unknown: _Text | None = None
    """Why no figure stands for it."""


class _File(RootModel[dict[Annotated[int, Field(ge=1, le=16)], RiskFactor]]):
    model_config = ConfigDict(
        strict=True,
        json_schema_extra={"propertyNames": {"minimum": 1, "maximum": 16}},
    )


@kept("risk_factors")
def read_risk_factors(bundle: Bundle) -> Mapping[int, RiskFactor]:
    """Read the 16 risk factors by number, sorted.

    Raises
    ------
    DataError : the file cannot be read as YAML, has an unknown, missing or repeated key, a value
        that does not fit, thresholds out of order, or not every factor; all faults at once.
    """
    factors = read_yaml_table(bundle, "risk_factors", _File, _contradictions)
    return MappingProxyType(dict(sorted(factors.items())))


def _contradictions(root: Node, factors: Mapping[int, RiskFactor]) -> Iterator[TextFault]:
    missing = [str(number) for number in FACTORS if number not in factors]
    if missing:
        yield TextFault(0, (), f"factors are missing: {', '.join(missing)}. All 16 are expected.")
    for number, factor in factors.items():
        node, measured = root.find(number), factor.measured_by
        if (measured is None) == (factor.unknown is None):
            yield TextFault.at(node, "either measured_by or unknown is expected, and not both.")
        if measured is not None:
            yield from _disorder(node.find("measured_by", "likelihood_beyond"), measured)


def _disorder(node: Node, measured: FactorMeasurement) -> Iterator[TextFault]:
    limits = measured.likelihood_beyond
    if set(limits) != set(LIKELIHOODS):
        yield TextFault.at(node, "a threshold for each of the likelihoods 2, 3, 4, 5 is expected.")
        return
    in_order = [limits[likelihood] for likelihood in LIKELIHOODS]
    if measured.worse == "lower":
        in_order.reverse()
    if any(first >= second for first, second in pairwise(in_order)):
        way = "rise" if measured.worse == "higher" else "fall"
        message = f"thresholds that {way} from 2 to 5 are expected, as {measured.worse} is worse."
        yield TextFault.at(node, message)
