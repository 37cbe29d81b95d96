"""Travel time from where people live to the offices: a distribution over inhabitants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
#: Shares that add up to one differ from it by less.
ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class Inhabitants:
    """Points where people live, with their ways to an office in every municipality.

    Attributes
    ----------
    codes : (n,) municipalities; the columns of `minutes`.
    home : (k,) position of each point's municipality, in order, so that the points of a
        municipality stand together; every municipality has one.
    share : (k,) of its municipality's inhabitants, more than 0; the shares of one add up to 1.
    minutes : (k, n) from each point to the office; infinite where there is no way.
    """

    codes: tuple[str, ...]
    home: Places
    share: Floats
    minutes: Floats

    @classmethod
    def at_centres(cls, minutes: pd.DataFrame) -> Self:
        """Let all people of a municipality live at its centre, from which `minutes` are."""
        count = len(minutes)
        values = minutes.to_numpy(dtype=float)
        return cls(tuple(minutes.index), np.arange(count), np.ones(count), values)

    def among(self, codes: Sequence[str]) -> Inhabitants:
        """Restrict people and offices to some municipalities, in the given order."""
        place = {code: position for position, code in enumerate(self.codes)}
        kept = np.array([place[code] for code in codes], dtype=np.intp)
        points = [np.arange(*self._bounds[position : position + 2]) for position in kept]
        rows = np.concatenate(points) if points else np.array([], dtype=np.intp)
        home = np.repeat(np.arange(len(kept)), [len(own) for own in points])
        return Inhabitants(tuple(codes), home, self.share[rows], self.minutes[np.ix_(rows, kept)])

    @cached_property
    def mean(self) -> Floats:
        """(n, n) mean minutes of those who have a way, rows homes; infinite where none has."""
        reached = np.isfinite(self.minutes)
        weights = self.share[:, None] * reached
        total, weight = (
            np.add.reduceat(figures, self._bounds[:-1], axis=0)
            for figures in (weights * np.where(reached, self.minutes, 0.0), weights)
        )
        return np.divide(total, weight, out=np.full_like(total, np.inf), where=weight > 0)

    @cached_property
    def p90(self) -> Floats:
        """(n, n) least minutes within which nine of ten inhabitants reach the office."""
        return np.array([self.covering(self.minutes[own], own, 0.9) for own in self.points])

    @cached_property
    def points(self) -> tuple[slice, ...]:
        """(n,) the points of each municipality."""
        ends = self._bounds.tolist()
        return tuple(slice(start, end) for start, end in pairwise(ends))

    def means(self, minutes: Floats) -> Floats:
        """(n,) mean in each municipality of minutes of the points, over those who have a way."""
        reached = np.isfinite(minutes)
        weight = np.bincount(self.home, self.share * reached, len(self.codes))
        total = np.bincount(
            self.home, self.share * np.where(reached, minutes, 0.0), len(self.codes)
        )
        return np.divide(total, weight, out=np.full_like(total, np.inf), where=weight > 0)

    def covering(self, minutes: Floats, own: slice, share: float) -> Floats:
        """Return the least minutes that cover a share of one municipality's people.

        Parameters
        ----------
        minutes : (points of the municipality, ...).
        own : its points.
        """
        order = np.argsort(minutes, axis=0, kind="stable")
        covered = np.cumsum(self.share[own][order], axis=0)
        first = (covered >= share - ROUNDING).argmax(axis=0)
        in_order = np.take_along_axis(minutes, order, axis=0)
        found: Floats = np.take_along_axis(in_order, np.expand_dims(first, 0), axis=0)[0]
        return found

    @cached_property
    def _bounds(self) -> Places:
        return np.searchsorted(self.home, np.arange(len(self.codes) + 1))


def in_order(
    codes: Sequence[str], home: Iterable[str], share: Floats, minutes: Floats
) -> Inhabitants:
    """Put points together by municipality; those where nobody lives are left out."""
    place = {code: position for position, code in enumerate(codes)}
    homes = np.array([place[code] for code in home], dtype=np.intp)
    kept = np.flatnonzero(share > 0)
    rows = kept[np.argsort(homes[kept], kind="stable")]
    return Inhabitants(tuple(codes), homes[rows], share[rows], minutes[rows])
