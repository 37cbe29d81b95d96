"""More groups of a least size: a few neighbouring groups are put together and split again.

Single moves do not lead from three groups with much to spare to four with just enough. So two to
five groups that lie together are grown anew, one after another from the edge, each until it is
large enough. What comes out is kept where it is better; and where it is as good and more uneven,
as what a large group can spare makes the next group sooner than what many small ones can.

Sources: recombination, D. DeFord, M. Duchin, J. Solomon (2021), Harvard Data Science Review 3;
chains that accept what is as good, S. Cannon et al. (2022), Political Geography 99.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence

from planner.optimise.grouping.problem import Problem
from planner.optimise.solver.clock import Clock

Group = frozenset[int]

_MOST_TOGETHER = 5
#: The search ends after so many trials, for each municipality, since the last that was better.
_PATIENCE = 100
#: Share of steps that are taken at random.
_RANDOM = 0.3
#: How much more even groups may become that are as good.
_MORE_EVEN = 0.005


class Splitter:
    """Grows groups of a least size.

    Parameters
    ----------
    problem : its least sizes.
    units : municipalities that stay together.
    beside : who lies beside a unit.
    """

    def __init__(
        self,
        problem: Problem,
        units: Sequence[Sequence[int]],
        beside: Callable[[Sequence[int]], Iterable[int]],
    ) -> None:
        self._sizes = [size for size in problem.sizes if size.least > 0]
        self._units = units
        unit_of = {i: number for number, unit in enumerate(units) for i in unit}
        self._beside = [
            frozenset(unit_of[i] for i in beside(unit)) - {number}
            for number, unit in enumerate(units)
        ]
        self._unit_of = unit_of
        self._amounts = [
            tuple(float(size.amount[list(unit)].sum()) for size in self._sizes) for unit in units
        ]
        self._chance = random.Random(0)  # noqa: S311 - the same every time

    def improved(
        self,
        groups: Iterable[Group],
        gains: Callable[[Sequence[Group], Sequence[Group], int], bool | None],
        clock: Clock,
    ) -> list[Group]:
        """Return groups that are better, or the same ones.

        Parameters
        ----------
        groups : all of a plan.
        gains : whether the second groups are better than the first, in a plan of so many; None
            where they are as good.
        clock : the search ends when it has expired.
        """
        group_of = {self._unit_of[i]: group for group in groups for i in group}
        count, since = len(set(group_of.values())), 0
        while since < _PATIENCE * len(self._units) and not clock.expired:
            since += 1
            clock.pulse()
            old = self._some_together(group_of)
            parts = self._split({self._unit_of[i] for group in old for i in group})
            if parts is None or len(parts) < len(old):
                continue
            new = [frozenset(i for unit in part for i in self._units[unit]) for part in parts]
            better = gains(old, new, count)
            if better or (
                better is None and self._uneven(new) >= (1 - _MORE_EVEN) * self._uneven(old)
            ):
                for part, group in zip(parts, new, strict=True):
                    group_of.update(dict.fromkeys(part, group))
                count += len(new) - len(old)
                since = 0 if better else since
        return list(dict.fromkeys(group_of.values()))

    def _some_together(self, group_of: dict[int, Group]) -> list[Group]:
        """Return some groups that lie together."""
        chance = self._chance
        chosen = [group_of[chance.randrange(len(self._units))]]
        for _ in range(chance.randint(1, _MOST_TOGETHER - 1)):
            around = {
                group_of[other]
                for group in chosen
                for i in group
                for other in self._beside[self._unit_of[i]]
            }
            others = sorted(around.difference(chosen), key=min)
            if not others:
                break
            chosen.append(chance.choice(others))
        return chosen

    def _split(self, left: set[int]) -> list[set[int]] | None:
        """Grow groups from the edge; what is too little in the end joins the smallest beside."""
        parts: list[set[int]] = []
        rest: list[set[int]] = []
        while left:
            part = self._grown(left)
            (parts if self._enough(self._total(part)) else rest).append(part)
        for part in rest:
            around = frozenset().union(*(self._beside[unit] for unit in part))
            beside = [other for other in parts if not around.isdisjoint(other)]
            if not beside:
                return None
            min(beside, key=self._total).update(part)
        return parts

    def _grown(self, left: set[int]) -> set[int]:
        """Take a group out of what is left: whoever has fewest around first, and ends first."""
        chance, beside = self._chance, self._beside
        begin = min(sorted(left), key=lambda unit: (len(beside[unit] & left), chance.random()))
        part, total, border = {begin}, self._amounts[begin], beside[begin] & left
        left.discard(begin)
        while border and not self._enough(total):
            options = sorted(border)
            if chance.random() < _RANDOM:
                unit = chance.choice(options)
            else:
                ends = [u for u in options if self._enough(self._plus(total, u))]
                if ends:
                    unit = min(ends, key=self._amounts.__getitem__)
                else:
                    unit = min(options, key=lambda u: (len(beside[u] & left), chance.random()))
            part.add(unit)
            left.discard(unit)
            total = self._plus(total, unit)
            border = (border | beside[unit]) & left
        return part

    def _plus(self, total: tuple[float, ...], unit: int) -> tuple[float, ...]:
        return tuple(a + b for a, b in zip(total, self._amounts[unit], strict=True))

    def _total(self, part: Iterable[int]) -> tuple[float, ...]:
        amounts = [self._amounts[unit] for unit in part]
        return tuple(map(sum, zip(*amounts, strict=True)))

    def _enough(self, total: tuple[float, ...]) -> bool:
        return all(t >= size.least for t, size in zip(total, self._sizes, strict=True))

    def _uneven(self, groups: Iterable[Group]) -> float:
        totals = (self._total({self._unit_of[i] for i in group})[0] for group in groups)
        return sum(total * total for total in totals)
