"""Where a figure comes from, and how much it can be trusted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

Provenance = Literal["observed", "scenario", "modelled", "estimated", "assumed"]

#: From strongest to weakest: published, set by the planner, computed by a model, fitted, chosen.
PROVENANCES: tuple[Provenance, ...] = get_args(Provenance)


def weakest(provenances: Iterable[Provenance]) -> Provenance:
    """Return the weakest provenance among a figure's inputs; a figure is no better than it."""
    return max(provenances, key=PROVENANCES.index, default="observed")
