"""Single moves that lead from a plan to one that is nearly as good as the best.

A move gives one municipality another host or an office of its own, or gives a group another of
its members as host; hosts serve themselves before and after. In between, limits may be broken;
at the end, none is.

The search goes breadth first: all plans that one move makes, then all that two make ... so that
the first list found is a shortest one, and of these the one that ends cheapest. Where a level
has too many plans, only the most promising are followed; then no shorter list was found, but
there may be one. Long lists are not searched: they are the moves towards the best plan, without
those that can be spared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from planner.optimise.grouping.problem import Problem
from planner.optimise.solver.program import FloatArray, IntArray
from planner.optimise.tolerances import ROUNDING

#: Plans that are followed from each level; a region of six has fewer in all.
MOST_FOLLOWED = 1500
#: Longer lists are not searched.
MOST_SEARCHED = 6
#: Stands for no way at all, so that sums stay finite; far above any objective.
NO_WAY = 1e9
#: Objectives closer than this share are the same.

MoveKind = Literal["other_host", "own_office", "host_change"]


@dataclass(frozen=True, eq=False)
class MoveNode:
    """A plan on the way.

    Attributes
    ----------
    host : (n,) positions.
    objective : weighted; `NO_WAY` and more where a host cannot be reached.
    rank : the same with a penalty for each municipality that is out of its host's reach.
    parent : where it comes from; None at the start.
    kind, municipality : the move from there: the municipality goes to another host, opens an
        office, or becomes its group's host; None and -1 at the start.
    """

    host: IntArray
    objective: float
    rank: float
    parent: MoveNode | None = None
    kind: MoveKind | None = None
    municipality: int = -1

    @property
    def after(self) -> int:
        """The municipality's new host; -1 where it becomes its group's host."""
        return -1 if self.kind == "host_change" else int(self.host[self.municipality])

    @property
    def way(self) -> list[MoveNode]:
        """The plans from the start to this one."""
        return [*(self.parent.way if self.parent else []), self]


class Terrain:
    """What moves cost, and how promising the plans are that they make.

    Parameters
    ----------
    problem : costs, reach and number of offices of the request.
    penalty : what a broken limit is taken to cost, where plans are ranked.
    """

    def __init__(self, problem: Problem, penalty: float) -> None:
        self.cost = np.minimum(problem.cost, NO_WAY)
        self.severed = problem.severed
        self.ranked = self.cost + penalty * ~problem.reach
        self.penalty = penalty
        self.least = problem.offices.min or 0
        self.most = len(problem) if problem.offices.max is None else problem.offices.max

    def node(self, host: IntArray) -> MoveNode:
        """Make the start of a search."""
        everyone = np.arange(len(host))
        cut = float(self.severed[host[:, None] != host[None, :]].sum() / 2)
        objective = float(self.cost[everyone, host].sum()) + cut
        return MoveNode(host, objective, float(self.ranked[everyone, host].sum()) + cut)

    def moves(self, host: IntArray) -> tuple[IntArray, IntArray]:
        """(m,) municipalities and their new hosts; -1 where it becomes its group's host."""
        everyone = np.arange(len(host))
        own = host == everyone
        alone = np.bincount(host, minlength=len(host)) == 1
        to = np.tile(own, (len(host), 1))
        np.fill_diagonal(to, ~own)
        to[own & ~alone] = False
        to[everyone[own], everyone[own]] = False
        municipality, after = np.nonzero(to)
        followers = np.flatnonzero(~own)
        return (
            np.concatenate([municipality, followers]),
            np.concatenate([after, np.full(len(followers), -1)]),
        )

    def added(
        self, host: IntArray, municipality: IntArray, after: IntArray
    ) -> tuple[FloatArray, FloatArray, IntArray]:
        """(m,) what each move adds to the objective, to the rank, and to the number of offices."""
        everyone = np.arange(len(host))
        kept = self.severed @ (host[:, None] == everyone[None, :])
        change = after < 0
        mover, to = municipality[~change], after[~change]
        added = []
        for table in (self.cost, self.ranked):
            more = table - table[everyone, host][:, None]
            of_group = np.where(host[:, None] == host[None, :], more, 0.0).sum(axis=0)
            of_one = more[mover, to] - kept[mover, to] + kept[mover, host[mover]]
            added.append(np.concatenate([of_one, of_group[municipality[change]]]))
        opened = (to == mover).astype(np.int64) - (host[mover] == mover)
        offices = np.concatenate([opened, np.zeros(int(change.sum()), dtype=np.int64)])
        return added[0], added[1], offices

    def beyond_offices(self, count: IntArray) -> FloatArray:
        """(m,) penalty for numbers of offices outside the limits."""
        beyond = np.maximum(self.least - count, 0) + np.maximum(count - self.most, 0)
        return np.asarray(self.penalty * beyond, dtype=np.float64)


def fewest_moves(
    start: IntArray,
    best: IntArray,
    terrain: Terrain,
    good: Callable[[IntArray], bool],
    target: float,
) -> tuple[list[MoveNode], bool]:
    """Find the fewest moves from a plan to one that is good and costs at most the target.

    Parameters
    ----------
    start : (n,) hosts of the plan.
    best : (n,) hosts of a good plan that costs at most the target.
    terrain : what moves cost.
    good : whether a plan breaks no limit.
    target : objective to be reached.

    Returns
    -------
    The plans on the way, the start first; and whether it is proved that no way is shorter.
    """
    target += ROUNDING * max(1.0, abs(target))

    def arrived(node: MoveNode) -> bool:
        return node.objective <= target and good(node.host)

    level = [terrain.node(start)]
    direct = _shortened(_directly(level[0], best, terrain, arrived), terrain, arrived)
    seen, proved = {start.tobytes()}, True
    for _ in range(min(len(direct) - 1, MOST_SEARCHED)):
        level, cut = _next_level(level, terrain, seen)
        found = min(filter(arrived, level), key=lambda node: node.objective, default=None)
        if found is not None:
            return found.way, proved
        proved &= not cut
    return direct, proved and len(direct) - 1 <= MOST_SEARCHED


def _directly(
    start: MoveNode, best: IntArray, terrain: Terrain, arrived: Callable[[MoveNode], bool]
) -> list[MoveNode]:
    """Go towards a plan, move by move, until it is reached or one on the way will do."""
    node: MoveNode | None = start
    while node and not (arrived(node) or np.array_equal(node.host, best)):
        node = _made(node, _next_towards(node.host, best), terrain)
    assert node is not None  # noqa: S101 - moves towards a plan can be made
    return node.way


def _shortened(
    way: list[MoveNode], terrain: Terrain, arrived: Callable[[MoveNode], bool]
) -> list[MoveNode]:
    """Leave out moves that can be spared, those that save least first."""
    moves = [(node.municipality, node.after) for node in way[1:]]
    saved = [before.objective - node.objective for before, node in pairwise(way)]
    spared: set[int] = set()
    for place in np.argsort(saved, kind="stable").tolist():
        node: MoveNode | None = way[0]
        for number, move in enumerate(moves):
            if node is not None and number != place and number not in spared:
                node = _made(node, move, terrain)
        if node is not None and arrived(node):
            spared.add(place)
            way = node.way
    return way


def _made(node: MoveNode, move: tuple[int, int], terrain: Terrain) -> MoveNode | None:
    """Make one move; None where it cannot be made."""
    table = _moves_from(node, terrain, 0)
    chosen = table[(table["municipality"] == move[0]) & (table["after"] == move[1])]
    return _child(node, _moved(node.host, *move), chosen[0]) if len(chosen) else None


def _next_level(
    level: Sequence[MoveNode], terrain: Terrain, seen: set[bytes]
) -> tuple[list[MoveNode], bool]:
    """Make every plan that is one move from a level and new; tell if some were left out."""
    table = np.concatenate([_moves_from(node, terrain, place) for place, node in enumerate(level)])
    following: list[MoveNode] = []
    for place in np.argsort(table["promise"], kind="stable"):
        if len(following) == MOST_FOLLOWED:
            return following, True
        move = table[place]
        node = level[move["parent"]]
        host = _moved(node.host, int(move["municipality"]), int(move["after"]))
        if host.tobytes() not in seen:
            seen.add(host.tobytes())
            following.append(_child(node, host, move))
    return following, False


_MOVES = np.dtype(
    [
        ("parent", np.int64),
        ("municipality", np.int64),
        ("after", np.int64),
        ("objective", np.float64),
        ("rank", np.float64),
        ("promise", np.float64),
    ]
)


def _moves_from(
    node: MoveNode, terrain: Terrain, place: int
) -> np.ndarray[tuple[int], np.dtype[np.void]]:
    """(m,) all moves from one plan, with what the plans that they make are worth."""
    municipality, after = terrain.moves(node.host)
    cost, rank, offices = terrain.added(node.host, municipality, after)
    table = np.empty(len(after), dtype=_MOVES)
    table["parent"] = place
    table["municipality"] = municipality
    table["after"] = after
    table["objective"] = node.objective + cost
    table["rank"] = node.rank + rank
    count = offices + len(np.unique(node.host))
    table["promise"] = table["rank"] + terrain.beyond_offices(count)
    return table


def _moved(host: IntArray, municipality: int, after: int) -> IntArray:
    """(n,) a plan after one move."""
    if after >= 0:
        moved = host.copy()
        moved[municipality] = after
        return moved
    return np.where(host == host[municipality], municipality, host).astype(np.int64)


def _child(node: MoveNode, host: IntArray, move: np.void) -> MoveNode:
    municipality = int(move["municipality"])
    kind: MoveKind = "other_host"
    if host[municipality] == municipality:
        kind = "host_change" if move["after"] < 0 else "own_office"
    return MoveNode(host, float(move["objective"]), float(move["rank"]), node, kind, municipality)


def _next_towards(host: IntArray, best: IntArray) -> tuple[int, int]:
    """Choose a move: hosts first, then whom they serve, then offices that close."""
    everyone = np.arange(len(host))
    own, wanted = host == everyone, best == everyone
    becoming = np.flatnonzero(wanted & ~own)
    for i in becoming.tolist():
        if not wanted[host[i]]:
            return i, -1
    if len(becoming):
        return int(becoming[0]), int(becoming[0])
    astray = np.flatnonzero((host != best) & ~own)
    closing = np.flatnonzero((host != best) & own)
    i = int(astray[0] if len(astray) else closing[0])
    return i, int(best[i])
