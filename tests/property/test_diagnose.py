"""Every change that a diagnosis names makes the request feasible, and no smaller one does."""

from __future__ import annotations

from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from planner.model.instance import Instance
from planner.model.limits import FIGURES, MEASURES
from planner.model.request import Range, Request
from planner.optimise import propose
from planner.optimise.explain.diagnose import diagnose_proposal
from tests.support.oracle import Oracle
from tests.support.random_regions import random_region

#: Shrinking a failure solves thousands of requests.
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)

SIZED = {
    limit.key: MEASURES[limit.measure].grain * (-1 if limit.end == "min" else 1)
    for limit in FIGURES
}


@st.composite
def tight_requests(draw: st.DrawFn, instance: Instance) -> Request:
    """Limits so tight that most have no plan."""
    codes = instance.codes
    fte = float(instance.municipalities["fte"].sum())
    some = st.frozensets(st.sampled_from(codes), max_size=2)
    sets = st.lists(
        st.frozensets(st.sampled_from(codes), min_size=2, max_size=3), min_size=1, max_size=1
    )

    def maybe(strategy: st.SearchStrategy[object], otherwise: object) -> object:
        return draw(strategy) if draw(st.integers(1, 3)) == 1 else otherwise

    return Request(
        offices=draw(
            st.sampled_from([Range(), Range(None, 1), Range(len(codes), None), Range(None, 2)])
        ),
        max_travel_min=maybe(st.integers(5, 40), None),
        fte=Range(
            maybe(st.floats(0.2, 0.9).map(lambda share: round(share * fte, 1)), None),
            maybe(st.floats(0.1, 0.5).map(lambda share: round(share * fte, 1)), None),
        ),
        max_members=maybe(st.integers(1, 2), None),
        contiguous=draw(st.booleans()),
        hosts_fixed=maybe(some, frozenset()),
        hosts_allowed=maybe(st.frozensets(st.sampled_from(codes), min_size=1, max_size=2), None),
        hosts_forbidden=maybe(some, frozenset()),
        together=tuple(maybe(sets, ())),
        apart=tuple(maybe(sets, ())),
        keep_baseline_groups=draw(st.booleans()),
        within=maybe(st.sampled_from(["council", "county"]), None),
        exempt=draw(st.sampled_from(["never", "minimise", frozenset(codes[:1])])),
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[Instance, Request]:
    instance = random_region(draw(st.integers(0, 10_000)), draw(st.integers(2, 4)))
    return instance, draw(tight_requests(instance))


@settings(max_examples=15, deadline=None, phases=NO_SHRINKING)
@given(cases())
def test_changes_make_an_infeasible_request_feasible(case: tuple[Instance, Request]) -> None:
    instance, request = case
    proposal = propose(instance, request)
    assume(proposal.plan is None)
    (found,) = diagnose_proposal(instance, request, proposal)
    assert found.complete
    assert bool(found.singles) != bool(found.combination)
    for change in found.singles:
        changed = request.with_limit(change.key, change.new)
        assert Oracle(instance, changed).answers(1)
        if change.key in SIZED and change.new is not None:
            less = request.with_limit(change.key, change.new - SIZED[change.key])
            assert not Oracle(instance, less).answers(1)
    changed = request
    for change in found.combination:
        assert not Oracle(instance, changed).answers(1)
        changed = changed.with_limit(change.key, change.new)
    assert found.singles or Oracle(instance, changed).answers(1)


@settings(max_examples=15, deadline=None, phases=NO_SHRINKING)
@given(st.integers(0, 10_000), st.integers(2, 5), st.floats(0.2, 0.9), st.integers(10, 60))
def test_changes_spare_groups_their_exemption(seed: int, n: int, share: float, most: int) -> None:
    instance = random_region(seed, n)
    fte = round(share * float(instance.municipalities["fte"].sum()), 1)
    request = Request(fte=Range(fte, None), max_travel_min=most)
    proposal = propose(instance, request)
    for found in diagnose_proposal(instance, request, proposal):
        assert found.singles or found.combination
        for change in found.singles:
            (best,) = Oracle(instance, request.with_limit(change.key, change.new)).answers(1)[:1]
            assert best.exempted <= len(proposal.plan.exempt) - len(found.exempted)


def test_a_feasible_request_needs_no_diagnosis() -> None:
    instance = random_region(1, 4)
    assert diagnose_proposal(instance, Request(), propose(instance, Request())) == ()
