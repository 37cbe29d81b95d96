"""Why a municipality is with its host and not with another, and what forcing it would cost."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from planner.model.instance import Instance, WayMeasure
from planner.model.limits import let_serve
from planner.model.request import Request
from planner.optimise.explain.relaxations import relaxations
from planner.optimise.grouping.propose import propose
from planner.optimise.proposal import Proposal
from planner.optimise.solver.outcome import ProgressCallback
from planner.optimise.solver.program import FloatArray

Reason = Literal["no_way", "too_far", "not_host", "limits", "unproved", "cost"]


@dataclass(frozen=True)
class OtherHost:
    """What stands between a municipality and a host that it is not with.

    Attributes
    ----------
    host : code.
    minutes : from the municipality to the host; infinite where there is no way.
    reason : ``no_way``; ``too_far``; ``not_host`` (the host may not be one, or the municipality
        must be one itself); ``limits`` that no plan keeps then; ``unproved`` in the time; or the
        ``cost``.
    limits : keys of limits each of which, given up alone, would allow it; for ``limits``.
    cost : objective of the best plan in which that host serves the municipality, less that of
        the proposal; for ``cost``.
    more_exempt : how many more groups that plan exempts from a least size.
    """

    host: str
    minutes: float
    reason: Reason
    limits: tuple[str, ...] = ()
    cost: float | None = None
    more_exempt: int = 0


def why(
    instance: Instance,
    request: Request,
    proposal: Proposal,
    code: str,
    *,
    hosts: Collection[str] | None = None,
    progress: ProgressCallback | None = None,
) -> tuple[OtherHost, ...]:
    """Tell for every host but its own why a municipality is not served by it, nearest first.

    Parameters
    ----------
    instance, request : what the proposal was made of.
    proposal : with a plan.
    code : of the municipality; as host of itself it is looked at as well.
    hosts : look at these alone; all where they are left out.
    progress : as in `planner.optimise.propose`, for every host; one that is stopped is unproved.
    """
    if proposal.plan is None:
        msg = "there is no plan to explain"
        raise ValueError(msg)
    own = proposal.plan.host_of[code]
    minutes = dict(zip(instance.codes, _minutes_from(instance, code, "mean"), strict=True))
    asked = set(instance.codes if hosts is None else hosts) - {own}
    nearest = sorted((minutes[host], host) for host in asked)
    return tuple(
        _other(instance, request, proposal, code, host, progress=progress) for _, host in nearest
    )


def _other(
    instance: Instance,
    request: Request,
    proposal: Proposal,
    code: str,
    host: str,
    *,
    progress: ProgressCallback | None,
) -> OtherHost:
    place = instance.codes.index(host)
    minutes = float(_minutes_from(instance, code, "mean")[place])
    limited = float(_minutes_from(instance, code, request.max_travel_of)[place])
    if not np.isfinite(minutes):
        return OtherHost(host, minutes, "no_way")
    if host != code and request.max_travel_min is not None and limited > request.max_travel_min:
        return OtherHost(host, minutes, "too_far")
    allowed = request.hosts_allowed
    if (
        host in request.hosts_forbidden
        or (allowed is not None and host not in allowed)
        or (host != code and code in request.hosts_fixed)
    ):
        return OtherHost(host, minutes, "not_host")
    asked = replace(let_serve(request, {code: host}), alternatives=0)
    other = propose(instance, asked, progress=progress, explain=False)
    if other.plan is None:
        if other.solve.outcome != "infeasible":
            return OtherHost(host, minutes, "unproved")
        return OtherHost(host, minutes, "limits", limits=_blocking(instance, request, asked))
    cost = (other.solve.objective or 0.0) - (proposal.solve.objective or 0.0)
    exempt = proposal.plan.exempt if proposal.plan else frozenset[str]()
    return OtherHost(
        host, minutes, "cost", cost=cost, more_exempt=len(other.plan.exempt) - len(exempt)
    )


def _blocking(instance: Instance, request: Request, asked: Request) -> tuple[str, ...]:
    """Limits of the request that stand in the way of what is asked, each alone."""
    found = []
    for way in relaxations(instance, request):
        if way.key in {"hosts.fixed", "together"}:
            continue  # they hold what is forced, too
        without = replace(asked.with_limit(way.key, way.whole), relative_gap=1.0)
        if propose(instance, without, explain=False).plan is not None:
            found.append(way.key)
    return tuple(found)


def _minutes_from(instance: Instance, code: str, measure: WayMeasure) -> FloatArray:
    return np.asarray(instance.minutes_of(measure)[instance.codes.index(code)])
