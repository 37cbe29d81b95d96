"""Which way an indicator is better, where nobody would argue about it.

Plans can only be called dominated in indicators that have a direction. Sizes have none: a
larger group is not better. Nor have shares of what is known, staff, or figures that move with the
size alone. The number of offices has one because each has a price (premises, a leader), which
stands against the shorter way that it gives. A planner who wants another indicator says which
way: ``structure.least_group_fte:more``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from planner.errors import PlannerError
from planner.spelling import did_you_mean

Better = Literal["less", "more"]
_WRITTEN: Mapping[str, Better] = {"less": "less", "more": "more"}

DIRECTIONS: Mapping[str, Better] = {
    "structure.offices": "less",
    "access.mean_min": "less",
    "access.median_min": "less",
    "access.p90_min": "less",
    "access.max_min": "less",
    "access.nearest_mean_min": "less",
    "access.nearest_median_min": "less",
    "access.nearest_p90_min": "less",
    "access.nearest_max_min": "less",
    "access.within_30_share": "more",
    "access.within_45_share": "more",
    "access.within_60_share": "more",
    "access.within_90_share": "more",
    "access.ferry_share": "less",
    "access.unreachable_persons": "less",
    "competence.uncovered_days": "less",
    "competence.most_uncovered_days": "less",
    "competence.complete_teams_share": "more",
    "competence.youth_team_share": "more",
    "competence.debt_counselling_share": "more",
    "commuting.severed_share": "less",
    "commuting.severed_persons": "less",
    "commuting.resident_self_containment_share": "more",
    "commuting.workplace_self_containment_share": "more",
    "economy.annual_nok": "less",
    "economy.premises_nok": "less",
    "economy.leaders_nok": "less",
    "economy.staff_travel_nok": "less",
    "economy.one_off_transition_nok": "less",
    "economy.one_off_case_systems_nok": "less",
    "equity.worst_off_added_min": "less",
    "equity.farther_persons": "less",
    "equity.presence_lost_municipalities": "less",
    "equity.must_keep_lost_municipalities": "less",
    "equity.sami_area_lost_municipalities": "less",
    "risk.total": "less",
    "risk.high_factors": "less",
    "withdrawal.secure_share": "more",
}

#: What plans are compared in unless a planner says otherwise.
USUAL = (
    "access.mean_min",
    "structure.offices",
    "competence.uncovered_days",
    "commuting.severed_share",
)


class AxisError(PlannerError, ValueError):
    """An indicator that does not exist, or whose better end is not known."""


@dataclass(frozen=True)
class Axis:
    """An indicator and the end of it that is better."""

    key: str
    better: Better

    @property
    def sign(self) -> float:
        """What turns a figure into a loss, which is to be small."""
        return 1.0 if self.better == "less" else -1.0

    def loss(self, value: float | None) -> float:
        """Return what is to be small; NaN where the figure is not defined."""
        return float("nan") if value is None else self.sign * value


def axis(written: str, known: Collection[str]) -> Axis:
    """Read ``key``, ``key:less`` or ``key:more``; the family may be left out where that is clear.

    Parameters
    ----------
    written : for example ``access.mean_min``, or ``offices`` for ``structure.offices``.
    known : keys of all indicators.

    Raises
    ------
    AxisError : no indicator has that key, or it has no direction and none is written.
    """
    key, _, better = written.partition(":")
    without_family = [one for one in known if one.partition(".")[2] == key]
    if len(without_family) == 1:
        (key,) = without_family
    if key not in known:
        raise AxisError(f"no indicator has the key {key!r}.{did_you_mean(key, known, most=3)}")
    if better in _WRITTEN:
        return Axis(key, _WRITTEN[better])
    if better:
        raise AxisError(f"{written}: {better!r} is no direction. Expected 'less' or 'more'.")
    if key not in DIRECTIONS:
        raise AxisError(
            f"{key}: neither less nor more of it is better in itself. Say which is meant: "
            f"{key}:less or {key}:more."
        )
    return Axis(key, DIRECTIONS[key])
