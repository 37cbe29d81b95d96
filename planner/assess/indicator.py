"""An indicator: one figure about a plan, with its unit, provenance and formula."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.provenance import Provenance


@dataclass(frozen=True)
class Indicator:
    """One figure about a plan.

    Attributes
    ----------
    key : ``family.name_unit``, such as ``access.mean_min``.
    value : the plan's figure; None where it is not defined.
    unit : ``min``, ``km``, ``share``, ``persons``, ``fte``, ``offices``, ``days``, ``nok`` ...
    provenance : the weakest provenance among its inputs.
    formula : how it is computed, in one line.
    inputs : tables and parameters that it is computed from.
    by_group : host code -> the group's figure, where the figure has a meaning there.
    by_municipality : code -> the municipality's figure, likewise.
    low, high : the plan's figure with every assumption at the low end, or the high end, of its
        range; None where the figure has no range.
    """

    key: str
    value: float | None
    unit: str
    provenance: Provenance
    formula: str
    inputs: tuple[str, ...] = ()
    by_group: Mapping[str, float | None] = field(default_factory=dict)
    by_municipality: Mapping[str, float | None] = field(default_factory=dict)
    low: float | None = None
    high: float | None = None
