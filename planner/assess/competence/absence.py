"""Absence: on how many working days are too few colleagues at work?

Among n colleagues the number at work is beta-binomial: each is away with the same probability, and
two colleagues' absences are correlated, because holidays, infections and vacancies fall together.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

#: More colleagues than these cover no better: work does not grow with them.
MOST_COLLEAGUES = 4096


def combined_absence(*shares: float) -> float:
    """Return the share of working days on which a post is empty for any of several causes.

    The causes are independent: 1 - (1 - share) x (1 - share) x ...
    """
    return 1.0 - math.prod(1.0 - share for share in shares)


def shortfall_share(
    advisers: npt.ArrayLike, least_present: int, *, absence: float, correlation: float
) -> Floats:
    """Return the share of working days on which fewer than the least number are at work.

    Parameters
    ----------
    advisers : any shape, persons, at least 0. 2.4 are two, and a third on 40 % of the days: the
        result lies between those of 2 and 3 in that proportion, so that it never rises with more.
        Beyond `MOST_COLLEAGUES` it is that of so many.
    least_present : persons who must be at work, at least 1.
    absence : share of days on which one adviser is away, 0-1.
    correlation : between two advisers' absences on the same day, from 0 to below 1.

    Returns
    -------
    Shape of `advisers`, share 0-1; 1 without advisers.

    Source
    ------
    Beta-binomial distribution: Skellam, J. G. (1948), Journal of the Royal Statistical Society B
    10, 257-261. Intra-class correlation 1 / (alpha + beta + 1).
    """
    persons = np.asarray(advisers, dtype=float)
    most = min(math.ceil(persons.max(initial=0.0)), MOST_COLLEAGUES - 1)
    size = 1 << most.bit_length()  # few sizes, so that the tables are found again
    table = _shortfall_table(size, least_present, absence, correlation)
    return np.asarray(np.interp(persons, np.arange(size + 1), table), dtype=float)


@lru_cache(maxsize=1024)
def _shortfall_table(most: int, least_present: int, absence: float, correlation: float) -> Floats:
    """Return P(fewer than the least present) among 0, 1, ... `most` colleagues.

    Colleagues are counted one after the other. Of m counted, j are at work; the next is at work
    with probability (p (1 - r) + j r) / ((1 - r) + m r), where p = 1 - absence and r is the
    correlation. This is Pólya's urn, whose counts are beta-binomial; it needs no gamma functions
    and holds for r = 0, which is the binomial.
    """
    present = np.arange(least_present)
    probability = np.zeros(least_present)
    probability[0] = 1.0
    table = np.ones(most + 1)
    apart = 1.0 - correlation
    for counted in range(most):
        at_work = ((1.0 - absence) * apart + present * correlation) / (
            apart + counted * correlation
        )
        arriving = probability * at_work
        probability = probability - arriving
        probability[1:] += arriving[:-1]
        table[counted + 1] = probability.sum()
    table.setflags(write=False)
    return table
