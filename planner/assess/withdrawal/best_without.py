"""The best plan without councils that say no: the request, asked anew of those who remain."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from planner import optimise
from planner.errors import LabelMismatchError
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.model.request import Request
from planner.optimise.proposal import Proposal
from planner.optimise.solver.outcome import ProgressCallback


def best_without(
    instance: Instance,
    request: Request,
    leavers: Collection[str],
    *,
    progress: ProgressCallback | None = None,
) -> Proposal:
    """Find the best plan within the limits of a request when some councils take no part.

    The limits hold for those who remain, and the number of offices is theirs alone; no group may
    be joined across a leaver's territory. Leavers are served as in the baseline if their host
    there leaves too, else by offices of their own.

    Parameters
    ----------
    instance : the region.
    request : its limits and weights; what it says about leavers is passed over.
    leavers : codes.
    progress : called while it runs.

    Returns
    -------
    As `propose`; the plans place every municipality of the region, objective and terms are of
    those who remain.

    Raises
    ------
    LabelMismatchError : a leaver, or a municipality of the request, is not in the region.
    PlannerError : nobody remains.
    """
    leaving = set(leavers)
    strangers = sorted((leaving | request.municipalities) - set(instance.codes))
    if strangers:
        msg = f"municipalities that are not in the region: {', '.join(strangers)}"
        raise LabelMismatchError(msg)
    outside = instance.baseline.restricted_to(leaving)
    remaining = [code for code in instance.codes if code not in leaving]
    found = optimise.propose(
        _part(instance, remaining), _request(request, leaving), progress=progress
    )
    return replace(
        found,
        plan=found.plan and _joined(found.plan, outside),
        alternatives=tuple((_joined(plan, outside), value) for plan, value in found.alternatives),
    )


def _part(instance: Instance, codes: list[str]) -> Instance:
    """Cut some municipalities out of a region, as far as a proposal needs them."""
    return replace(
        instance,
        municipalities=instance.municipalities.loc[codes],
        travel=instance.travel.among(codes),
        inhabitants=instance.people.among(codes),
        commuters=instance.commuters.loc[codes, codes],
        contiguity=instance.contiguity.subgraph(codes).copy(),
        baseline=instance.baseline.restricted_to(codes),
        surroundings=None,
    )


def _request(request: Request, leaving: set[str]) -> Request:
    exempt, allowed = request.exempt, request.hosts_allowed
    return replace(
        request,
        hosts_fixed=request.hosts_fixed - leaving,
        hosts_allowed=None if allowed is None else allowed - leaving,
        hosts_forbidden=request.hosts_forbidden - leaving,
        crossing_allowed=request.crossing_allowed - leaving,
        together=_still_sets(request.together, leaving),
        apart=_still_sets(request.apart, leaving),
        exempt=exempt if isinstance(exempt, str) else exempt - leaving,
    )


def _still_sets(sets: Iterable[frozenset[str]], leaving: set[str]) -> tuple[frozenset[str], ...]:
    """Take the leavers out; a set of one asks for nothing."""
    return tuple(rest for rest in (codes - leaving for codes in sets) if len(rest) > 1)


def _joined(plan: Plan, outside: Plan) -> Plan:
    return Plan(
        {**plan.host_of, **outside.host_of},
        {**plan.locations, **outside.locations},
        plan.form,
        plan.exempt,
    )
