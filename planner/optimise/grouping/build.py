"""An instance and a request -> a problem: labels become positions, impossible choices go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import networkx as nx
import numpy as np

from planner.errors import LabelMismatchError
from planner.model.instance import Instance
from planner.model.limits import SIZES
from planner.model.request import Request
from planner.model.weights import Weights
from planner.optimise.grouping.objective import (
    AREA_COLUMN,
    TermTables,
    figures,
    same_area,
    term_tables,
)
from planner.optimise.grouping.problem import Ceiling, Problem, Size
from planner.optimise.grouping.tightening import tightened
from planner.optimise.solver.program import BoolArray
from planner.optimise.tolerances import SIZE


def build_problem(instance: Instance, request: Request) -> Problem:
    """Align a request with an instance and drop every choice that no plan can contain.

    Raises
    ------
    LabelMismatchError : the request names a municipality that is not in the region.
    PlannerError : a population, staff or commuter figure is missing or negative.
    """
    position = {code: index for index, code in enumerate(instance.codes)}
    strangers = sorted(request.municipalities - set(position))
    if strangers:
        raise LabelMismatchError(
            f"request: {', '.join(strangers)} not in the region. "
            "Expected municipalities of the region only."
        )
    terms = term_tables(instance)
    ceilings = _ceilings(terms, request)
    cost, severed = terms.weighted(request.weights)
    crossing = _crossing(instance, request, position)
    draft = Problem(
        codes=tuple(instance.codes),
        reach=_reach(instance, request, position) & ~crossing,
        cost=cost,
        severed=severed,
        sizes=_sizes(instance, request),
        offices=request.offices,
        neighbours=_neighbours(instance, position) if request.contiguous else None,
        fixed=_mask(request.hosts_fixed, position),
        together=_together(instance, request, position),
        apart=tuple(_positions(part, position) for part in request.apart if len(part) > 1),
        exempt=_exempt(request, position),
        ceilings=ceilings,
        most_cost=_most_cost(request, ceilings),
    )
    tight = draft.limited(tightened(draft))
    pairs = np.argwhere(np.triu(crossing & tight.share))
    return replace(tight, apart=tight.apart + tuple((int(i), int(k)) for i, k in pairs))


def _mask(codes: Iterable[str], position: Mapping[str, int]) -> BoolArray:
    mask = np.zeros(len(position), dtype=bool)
    mask[[position[code] for code in codes]] = True
    return mask


def _positions(codes: Iterable[str], position: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(sorted(position[code] for code in codes))


def _reach(instance: Instance, request: Request, position: Mapping[str, int]) -> BoolArray:
    """Travel time and the lists of hosts: which host may serve whom."""
    minutes = instance.minutes_of(request.max_travel_of)
    limit = np.inf if request.max_travel_min is None else request.max_travel_min
    hosts = ~_mask(request.hosts_forbidden, position)
    if request.hosts_allowed is not None:
        hosts &= _mask(request.hosts_allowed, position)
    reach = np.isfinite(minutes) & np.isfinite(instance.minutes_of("mean")) & (minutes <= limit)
    np.fill_diagonal(reach, val=True)
    reach &= hosts[None, :]
    fixed = _mask(request.hosts_fixed, position)
    reach[fixed] &= np.eye(len(position), dtype=bool)[fixed]
    return np.asarray(reach)


def _crossing(instance: Instance, request: Request, position: Mapping[str, int]) -> BoolArray:
    """(n, n) pairs that may not share a group because a border runs between them."""
    if request.within is None:
        return np.zeros((len(position), len(position)), dtype=bool)
    same = same_area(instance.municipalities[AREA_COLUMN[request.within]])
    allowed = _mask(request.crossing_allowed, position)
    return ~same & ~(allowed[:, None] | allowed[None, :])


def _sizes(instance: Instance, request: Request) -> tuple[Size, ...]:
    """Limits that were set, each with the figures that it is about."""
    amounts = {
        "fte": figures(instance, "fte"),
        "population": figures(instance, "population"),
        "members": np.ones(len(instance.codes)),
    }
    found = []
    for measure, amount in amounts.items():
        ends = {one.end: request.figure(one.key) for one in SIZES if one.measure == measure}
        least, largest = ends.get("min"), ends.get("max")
        if least is None and largest is None:
            continue
        found.append(
            Size(
                measure,
                amount,
                0.0 if least is None else least * (1 - SIZE),
                np.inf if largest is None else largest * (1 + SIZE),
            )
        )
    return tuple(found)


def _ceilings(terms: TermTables, request: Request) -> tuple[Ceiling, ...]:
    nothing = Weights(travel=0.0)
    return tuple(
        Ceiling(name, *terms.weighted(nothing.model_copy(update={name: 1.0})), most)
        for name, most in request.terms_at_most
    )


def _most_cost(request: Request, ceilings: Sequence[Ceiling]) -> float:
    """Return what limits on all terms of the objective leave of it at most."""
    most = {ceiling.name: ceiling.most_told for ceiling in ceilings}
    if request.offices.max is not None:
        most["office"] = min(request.offices.max, most.get("office", np.inf))
    return float(sum(w * most.get(name, np.inf) for name, w in request.weights if w > 0))


def _neighbours(instance: Instance, position: Mapping[str, int]) -> BoolArray:
    neighbours = np.zeros((len(position), len(position)), dtype=bool)
    for a, b in instance.contiguity.edges:
        if a != b:
            neighbours[position[a], position[b]] = neighbours[position[b], position[a]] = True
    return neighbours


def _together(
    instance: Instance, request: Request, position: Mapping[str, int]
) -> tuple[tuple[int, ...], ...]:
    """Merge sets that must share a group and have a member in common."""
    graph: nx.Graph[int] = nx.Graph()
    parts = list(request.together)
    if request.keep_baseline_groups:
        parts += [frozenset(members) for members in instance.baseline.groups.values()]
    for part in parts:
        nx.add_path(graph, _positions(part, position))
    units = (tuple(sorted(unit)) for unit in nx.connected_components(graph))
    return tuple(sorted(unit for unit in units if len(unit) > 1))


def _exempt(request: Request, position: Mapping[str, int]) -> BoolArray:
    if isinstance(request.exempt, frozenset):
        return _mask(request.exempt, position)
    return np.full(len(position), request.exempt == "minimise")
