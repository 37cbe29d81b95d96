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

from planner.assess.indicator import INDICATORS, Better
from planner.errors import PlannerError
from planner.spelling import did_you_mean

_WRITTEN: Mapping[str, Better] = {"less": "less", "more": "more"}

DIRECTIONS: Mapping[str, Better] = {
    key: one.better for key, one in INDICATORS.items() if one.better is not None
}
#: Those of them whose change readers are told to be better or worse.
JUDGED: Mapping[str, Better] = {
    key: better for key, better in DIRECTIONS.items() if INDICATORS[key].judged
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
