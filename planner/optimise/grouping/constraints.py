"""The families of constraints of the grouping model, one function each.

x_ij = 1: municipality i is served by host j; x_jj = 1: j is host. Only choices within reach
have a variable. e_j = 1: host j's group may stay below a least size. Sums run over choices
that exist; S(j) are the members that host j may serve.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from planner.optimise.grouping.problem import Problem
from planner.optimise.solver.program import INFINITY, IntArray, LazyNames, RowList, Rows, pair_rows


@dataclass(frozen=True, eq=False)
class Columns:
    """Which variable of the program means what; -1 where there is none.

    Attributes
    ----------
    member, host : (arcs,) of each variable x, in the order of the columns.
    arc : (n, n) column of x_ij.
    exempt : (n,) column of e_j.
    one, other : (shares,) the municipalities i and k whom a share variable is about.
    under : (shares,) the third host that both are with; -1 where it is any third host.
    share : column of the first share variable; the others follow.
    """

    member: IntArray
    host: IntArray
    arc: IntArray
    exempt: IntArray
    one: IntArray
    other: IntArray
    under: IntArray
    share: int

    def hosts(self) -> list[int]:
        """All who may be host."""
        return [int(j) for j in np.flatnonzero(self.arc.diagonal() >= 0)]

    def served(self, j: int) -> list[int]:
        """Columns of all others that host j may serve."""
        column = self.arc[:, j].copy()
        column[j] = -1
        return [int(index) for index in column[column >= 0]]


Family = Callable[[Problem, Columns], Rows]


def assignment(problem: Problem, columns: Columns) -> Rows:
    """Give everybody one host: sum_j x_ij = 1 for each i."""
    rows = RowList()
    for i, code in enumerate(problem.codes):
        choices = columns.arc[i][columns.arc[i] >= 0].tolist()
        rows.add(f"assignment_{code}", choices, [1.0] * len(choices), lower=1, upper=1)
    return rows.rows()


def open_host(problem: Problem, columns: Columns) -> Rows:
    """Let only hosts serve others: x_ij <= x_jj for each i other than j."""
    others = np.flatnonzero(columns.member != columns.host)
    member, host = columns.member[others], columns.host[others]

    def names() -> list[str]:
        codes = problem.codes
        return [f"open_host_{codes[i]}_{codes[j]}" for i, j in zip(member, host, strict=True)]

    return pair_rows(LazyNames(len(others), names), others, columns.arc[host, host])


def offices(problem: Problem, columns: Columns) -> Rows:
    """Limit the number of hosts: offices.min <= sum_j x_jj <= offices.max."""
    rows = RowList()
    limit = problem.offices
    if limit.min is not None or limit.max is not None:
        own = [int(columns.arc[j, j]) for j in columns.hosts()]
        lower = -INFINITY if limit.min is None else limit.min
        upper = INFINITY if limit.max is None else limit.max
        rows.add("offices", own, [1.0] * len(own), lower=lower, upper=upper)
    return rows.rows()


def least_size(problem: Problem, columns: Columns) -> Rows:
    """Demand enough: sum_i a_i x_ij >= m (x_jj - e_j) for each host j with a_j < m.

    Written tighter: a host brings a_j itself, and nobody else counts for more than what then
    lacks, d = m - a_j: sum_{i != j} min(a_i / d, 1) x_ij >= x_jj - e_j. Where all of S(j)
    together fall short: e_j >= x_jj.
    """
    rows = RowList()
    for size in problem.sizes:
        for j in columns.hosts():
            lacking = size.least - size.amount[j]
            if lacking <= 0:
                continue
            others = columns.served(j)
            helped = size.amount[columns.member[others]]
            entries, values = [int(columns.arc[j, j])], [-1.0]
            if columns.exempt[j] >= 0:
                entries.append(int(columns.exempt[j]))
                values.append(1.0)
            if helped.sum() >= lacking:
                entries += others
                values += (np.minimum(helped, lacking) / lacking).tolist()
            rows.add(f"least_{size.name}_{problem.codes[j]}", entries, values, lower=0)
    return rows.rows()


def largest_size(problem: Problem, columns: Columns) -> Rows:
    """Cap groups: sum_{i != j} a_i x_ij <= (M - a_j) x_jj for each host j.

    Divided by M, so that a tolerance means a share; left out where all of S(j) fit.
    """
    rows = RowList()
    for size in problem.sizes:
        for j in columns.hosts():
            others = columns.served(j)
            added = size.amount[columns.member[others]]
            room = size.largest - size.amount[j]
            if added.sum() > room:
                rows.add(
                    f"largest_{size.name}_{problem.codes[j]}",
                    [*others, int(columns.arc[j, j])],
                    [*(added / size.largest).tolist(), -room / size.largest],
                    upper=0,
                )
    return rows.rows()


def ceilings(problem: Problem, columns: Columns) -> Rows:
    """Cap a term of the objective: sum_ij a_ij x_ij - sum_{i<k} c_ik s_ik <= most - sum c_ik.

    a is what a choice adds to the term, c what severing a pair adds; s as in `shared_commuters`.
    """
    rows = RowList()
    for ceiling in problem.ceilings:
        member, host = columns.member, columns.host
        chosen = ceiling.cost[member, host] - ceiling.severed[member, host]
        kept = ceiling.severed[columns.one, columns.other]
        values = np.concatenate([chosen, -kept])
        shares = columns.share + np.arange(len(kept))
        entries = np.concatenate([np.arange(len(member)), shares])
        counted = values != 0
        rows.add(
            f"ceiling_{ceiling.name}",
            entries[counted].tolist(),
            values[counted].tolist(),
            upper=ceiling.most - float(ceiling.severed.sum() / 2),
        )
    return rows.rows()


def exemptions(problem: Problem, columns: Columns) -> Rows:
    """Limit the number of exempted groups: sum_j e_j <= most_exempt."""
    rows = RowList()
    if problem.most_exempt is not None:
        entries = [int(column) for column in columns.exempt[columns.exempt >= 0]]
        rows.add("exemptions", entries, [1.0] * len(entries), upper=problem.most_exempt)
    return rows.rows()


def together(problem: Problem, columns: Columns) -> Rows:
    """Keep sets in one group: x_ij = x_kj for each set's first member i, each other k, each j."""
    rows = RowList()
    for unit in problem.together:
        i = unit[0]
        for k in unit[1:]:
            for j in np.flatnonzero((columns.arc[i] >= 0) | (columns.arc[k] >= 0)).tolist():
                pair = [(columns.arc[i, j], 1.0), (columns.arc[k, j], -1.0)]
                kept = [(int(column), value) for column, value in pair if column >= 0]
                name = f"together_{problem.codes[i]}_{problem.codes[k]}_{problem.codes[j]}"
                rows.add(name, [c for c, _ in kept], [v for _, v in kept], lower=0, upper=0)
    return rows.rows()


def apart(problem: Problem, columns: Columns) -> Rows:
    """Keep sets apart: sum_{i in set} x_ij <= x_jj for each set and each j outside it.

    A host in the set serves nobody else of it: these are not within its reach.
    """
    rows = RowList()
    for number, part in enumerate(problem.apart):
        members = np.array(part)
        served = columns.arc[members] >= 0
        for j in np.flatnonzero(served.sum(axis=0) > 1).tolist():
            entries = columns.arc[members[served[:, j]], j].tolist()
            rows.add(
                f"apart_{number}_{problem.codes[j]}",
                [*entries, int(columns.arc[j, j])],
                [*([1.0] * len(entries)), -1.0],
                upper=0,
            )
    return rows.rows()


def fixed_hosts(problem: Problem, columns: Columns) -> Rows:
    """Open the hosts that must be: x_jj >= 1."""
    rows = RowList()
    for j in np.flatnonzero(problem.fixed).tolist():
        own = [int(columns.arc[j, j])] if columns.arc[j, j] >= 0 else []
        rows.add(f"fixed_{problem.codes[j]}", own, [1.0] * len(own), lower=1)
    return rows.rows()


def differing(problem: Problem, columns: Columns) -> Rows:
    """Differ from each plan h in at least d municipalities: sum_i x_i,h(i) <= n - d."""
    rows = RowList()
    for number, (host, least) in enumerate(problem.differ_from):
        same = columns.arc[np.arange(len(host)), host]
        same = same[same >= 0]
        most = len(problem) - least
        rows.add(f"differing_{number}", same.tolist(), [1.0] * len(same), upper=most)
    return rows.rows()


def shared_commuters(problem: Problem, columns: Columns) -> Rows:
    """Count commuters with a common office: z_ikj <= x_ij, z_ikj <= x_kj for each host j of both.

    s_ik = x_ik + x_ki + sum_{j other than i, k} z_ikj: where one of the two is host, the
    minimum is the other's own choice and needs no variable. The rows describe the convex hull
    of each minimum. One variable for all third hosts together gets its rows as they are broken
    (`planner.optimise.grouping.cuts.pair`).
    """
    counted = np.flatnonzero(columns.under >= 0)
    one, other, under = columns.one[counted], columns.other[counted], columns.under[counted]

    def names() -> Iterator[str]:
        codes = problem.codes
        for i, k, j in zip(one, other, under, strict=True):
            yield f"shared_{codes[i]}_{codes[k]}_{codes[j]}_{codes[i]}"
            yield f"shared_{codes[i]}_{codes[k]}_{codes[j]}_{codes[k]}"

    return pair_rows(
        LazyNames(2 * len(counted), names),
        np.repeat(columns.share + counted, 2),
        np.column_stack([columns.arc[one, under], columns.arc[other, under]]).ravel(),
    )


#: Families in the order of the program. Travel time, lists of hosts, and borders not to be
#: crossed need no rows: what they rule out is not within reach and has no variable. Contiguity
#: is added as it is broken (`planner.optimise.grouping.cuts.contiguity`).
FAMILIES: tuple[Family, ...] = (
    assignment,
    open_host,
    offices,
    least_size,
    largest_size,
    ceilings,
    exemptions,
    together,
    apart,
    fixed_hosts,
    differing,
    shared_commuters,
)
