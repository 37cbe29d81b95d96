"""Sums over the groups of a plan, as arrays over its municipalities."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from planner.model.plan import Plan

Floats = npt.NDArray[np.float64]


def host_places(plan: Plan) -> npt.NDArray[np.intp]:
    """Return the position of every municipality's host among the municipalities, by code."""
    place = {code: position for position, code in enumerate(plan.municipalities)}
    return np.array([place[host] for host in plan.host_of.values()], dtype=np.intp)


def sums_at_host(own: Floats, plan: Plan) -> Floats:
    """Sum a figure of the municipalities over every group, at its host; 0 elsewhere.

    Parameters
    ----------
    own : shape (municipalities,), by code; NaN makes the group's sum NaN.
    """
    sums = np.bincount(host_places(plan), weights=own, minlength=len(plan.municipalities))
    return np.asarray(sums, dtype=float)
