"""Offices simulated day by day, as an independent check of closed forms."""

from __future__ import annotations

import math

import numpy as np


def simulated_shortfall(
    advisers: float,
    least_present: int,
    *,
    absence: float,
    correlation: float,
    days: int,
    rng: np.random.Generator,
) -> float:
    """Share of simulated days on which too few advisers are at work.

    Each day has its own chance of being at work, drawn from a beta distribution, and every adviser
    comes or stays away by it. The last adviser of a broken number is there on that part of days.
    """
    whole = math.floor(advisers)
    heads = whole + (rng.random(days) < advisers - whole)
    chance = np.full(days, 1 - absence)
    if correlation > 0:
        weight = 1 / correlation - 1
        chance = rng.beta((1 - absence) * weight, absence * weight, size=days)
    present = np.zeros(days, dtype=int)
    for adviser in range(whole + 1):
        present += (adviser < heads) & (rng.random(days) < chance)
    return float(np.mean(present < least_present))
