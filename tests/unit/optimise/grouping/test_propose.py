from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest

from planner.errors import TooLittleMemoryError
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.model.request import Exempt, Range, Request
from planner.model.weights import Weights
from planner.optimise import propose
from planner.optimise.grouping import exact_search as search_module
from planner.optimise.grouping import region_search as region_module
from planner.optimise.grouping import root_relaxation as root_module
from planner.optimise.grouping.problem import Problem
from planner.optimise.solver import solve as solve_module
from planner.optimise.solver.clock import Clock
from planner.optimise.solver.outcome import Cancelled, Progress, stopped_by
from planner.optimise.solver.program import IntArray
from planner.optimise.solver.relaxation import Relaxation
from tests.support.factories import make_instance, three_fjords
from tests.support.random_regions import random_region

ALL_TERMS = Weights(travel=1, severed=0.1, office=0.2, staff=0.1, council=0.1, change=0.05)


def groups(instance: Instance, request: Request) -> dict[str, tuple[str, ...]]:
    plan = propose(instance, request).plan
    assert plan is not None
    return dict(plan.groups)


def hard_region() -> Instance:
    """Return a region for which `HARD` is not proved in a second."""
    return random_region(11, 45)


HARD = Request(weights=ALL_TERMS, fte=Range(min=60), exempt="never")


def test_three_fjords_by_hand() -> None:
    # Least 8 FTE: Aga (8) can stand alone but Bru (2) must go somewhere, and so on; of the two
    # ways to cut the road, Aga-Bru | Dal-Eid-Fet-Gol under Eid costs
    # (1000 x 20 + 2000 x 25 + 500 x 40 + 1500 x 55) / 12 000 = 14.375 minutes;
    # Aga-Bru-Dal | Eid-Fet-Gol costs (20 000 + 100 000 + 20 000 + 82 500) / 12 000 = 18.54
    proposal = propose(three_fjords(), Request(fte=Range(min=8)))
    assert proposal.plan is not None
    assert proposal.plan.groups == {
        "0001": ("0001", "0002"),
        "0004": ("0003", "0004", "0005", "0006"),
    }
    assert proposal.solve.outcome == "optimal"
    assert proposal.solve.objective == pytest.approx(14.375)
    assert proposal.solve.bound == pytest.approx(14.375)
    assert proposal.solve.relative_gap == 0
    assert proposal.solve.solver == "HiGHS"


def test_without_limits_everybody_keeps_an_office() -> None:
    assert len(groups(three_fjords(), Request())) == 6


def test_office_weight_is_an_exchange_rate() -> None:
    # Bru under Aga costs 1000 x 20 / 12 000 = 1.67 minutes, Fet under Gol 500 x 15 / 12 000 = 0.63
    dear = groups(three_fjords(), Request(weights=Weights(office=0.7)))
    assert dear["0006"] == ("0005", "0006")
    assert len(dear) == 5
    assert len(groups(three_fjords(), Request(weights=Weights(office=0.6)))) == 6


def test_fewest_exemptions_come_before_the_objective() -> None:
    # within 30 minutes: Aga-Bru 10 FTE, Dal-Eid 10, Fet-Gol 4: one group must stay below 5
    request = Request(fte=Range(min=5), max_travel_min=30)
    proposal = propose(three_fjords(), request)
    assert proposal.plan is not None
    assert proposal.plan.exempt == frozenset({"0006"})
    assert proposal.plan.groups["0006"] == ("0005", "0006")
    never = propose(three_fjords(), replace(request, exempt="never"))
    assert never.solve.outcome == "infeasible"
    named = propose(three_fjords(), replace(request, exempt=frozenset({"0005", "0006"})))
    assert named.plan is not None
    # named hosts are not counted: two offices cost less travel than one
    assert named.plan.exempt == frozenset({"0005", "0006"})


def test_a_host_may_be_exempted_from_a_least_size_but_not_from_a_most() -> None:
    request = Request(max_members=2, fte=Range(min=100))
    proposal = propose(three_fjords(), request)
    assert proposal.plan is not None
    assert proposal.plan.exempt == set(proposal.plan.hosts)
    assert max(map(len, proposal.plan.groups.values())) == 2
    one = propose(three_fjords(), replace(request, offices=Range(max=1)))
    assert one.solve.outcome == "infeasible"


def test_one_municipality_and_unreachable_ones_host_themselves() -> None:
    one = make_instance({"0001": {"population": 0, "fte": 0.0}}, np.zeros((1, 1)))
    proposal = propose(one, Request(fte=Range(min=5)))
    assert proposal.plan is not None
    assert proposal.plan.groups == {"0001": ("0001",)}
    assert proposal.plan.exempt == frozenset({"0001"})
    assert proposal.solve.objective == 0
    table = {code: {"population": 100, "fte": 1.0} for code in ("0001", "0002")}
    islands = make_instance(table, np.array([[0, np.inf], [np.inf, 0]]))
    assert len(groups(islands, Request(fte=Range(min=5)))) == 2


def test_ties_go_to_the_smallest_hosts() -> None:
    table = {code: {"population": 100, "fte": 1.0} for code in ("0001", "0002", "0003", "0004")}
    place = np.arange(4) * 10
    square = make_instance(
        table, np.abs(place[:, None] - place[None, :]), edges=list(pairwise(table))
    )
    plan = propose(square, Request(offices=Range(min=2, max=2))).plan
    assert plan is not None
    # all four cuts and hosts that cost 20 x 100 are as good
    assert dict(plan.host_of) == {"0001": "0001", "0002": "0001", "0003": "0003", "0004": "0003"}
    nothing = propose(square, Request(weights=Weights(travel=0))).plan
    assert nothing is not None
    assert set(nothing.host_of.values()) == {"0001"}


def test_a_part_that_hangs_together_but_not_with_its_host_is_no_group() -> None:
    # 0003 and 0004 are neighbours and near 0001, but only 0002 leads there, which is far away
    far, near = 90.0, 5.0
    minutes = np.full((4, 4), near)
    minutes[1, :] = minutes[:, 1] = far
    np.fill_diagonal(minutes, 0)
    table = {f"000{k}": {"population": 100, "fte": 1.0} for k in range(1, 5)}
    instance = make_instance(table, minutes, edges=list(pairwise(table)))
    request = Request(offices=Range(max=2))
    free = groups(instance, replace(request, contiguous=False))
    assert free == {"0001": ("0001", "0003", "0004"), "0002": ("0002",)}
    assert groups(instance, request) == {"0001": ("0001", "0002", "0003"), "0004": ("0004",)}


def test_alternatives_differ_and_are_as_good_as_can_be() -> None:
    request = Request(offices=Range(max=2), alternatives=3, min_difference=2)
    proposal = propose(three_fjords(), request)
    assert proposal.plan is not None
    plans = [proposal.plan, *(plan for plan, _ in proposal.alternatives)]
    assert len(plans) == 4
    for number, plan in enumerate(plans):
        for better in plans[:number]:
            differing = [
                code for code in plan.host_of if plan.host_of[code] != better.host_of[code]
            ]
            assert len(differing) >= 2
    values = [value for _, value in proposal.alternatives]
    assert values == sorted(values)
    assert values[0] >= proposal.solve.objective


def test_fewer_alternatives_where_no_more_exist() -> None:
    request = Request(max_travel_min=17, alternatives=5)
    proposal = propose(three_fjords(), request)
    # only Fet and Gol are within 17 minutes of each other: alone, under Fet, or under Gol
    assert len(proposal.alternatives) == 2


@pytest.mark.parametrize("limit", [0.0, 0.02, 0.3])
def test_time_limit_keeps_a_plan_and_never_claims_a_proof(limit: float) -> None:
    instance = hard_region()
    proposal = propose(instance, replace(HARD, time_limit_s=limit))
    solve = proposal.solve
    assert proposal.plan is not None
    assert solve.outcome == "feasible"
    assert solve.bound < solve.objective
    assert solve.relative_gap == pytest.approx((solve.objective - solve.bound) / solve.objective)
    for members in proposal.plan.groups.values():
        assert nx.is_connected(instance.contiguity.subgraph(members))
        assert instance.municipalities.loc[list(members), "fte"].sum() >= 60 - 1e-3


def test_progress_is_reported_and_can_cancel() -> None:
    seen: list[Progress] = []

    def stop(progress: Progress) -> None:
        seen.append(progress)
        if progress.bound is not None and progress.incumbent is not None:
            raise Cancelled

    proposal = propose(hard_region(), HARD, progress=stop)
    assert proposal.solve.outcome == "feasible"
    assert proposal.plan is not None
    assert seen[-1].bound <= seen[-1].incumbent
    assert seen[-1].stage == "plan"


@pytest.mark.parametrize("seed", [0, 5, 9])
@pytest.mark.parametrize("stop", [Cancelled, KeyboardInterrupt])
def test_a_search_stopped_at_any_moment_claims_no_more_than_is_proved(
    seed: int, stop: type[BaseException]
) -> None:
    instance = random_region(seed, 10)
    request = Request(weights=ALL_TERMS, fte=Range(min=40), max_travel_min=35)
    told: list[Progress] = []
    best = propose(instance, request, progress=told.append)
    assert best.solve.outcome == "optimal"
    for moment in range(1, len(told) + 1):
        left = iter(range(moment - 1))

        def end(progress: Progress, left: Iterator[int] = left) -> None:
            if progress.incumbent is not None and next(left, None) is None:
                raise stop

        proposal = propose(instance, request, progress=end)
        assert proposal.solve.outcome in {"feasible", "optimal"}
        assert len(proposal.plan.exempt) >= len(best.plan.exempt)
        assert proposal.solve.bound <= best.solve.objective + 1e-6
        assert proposal.solve.outcome == "feasible" or proposal.plan == best.plan


def test_alternatives_that_were_found_are_kept_and_progress_never_goes_back() -> None:
    request = Request(offices=Range(max=2), alternatives=3)
    told: list[Progress] = []

    def stop(progress: Progress) -> None:
        told.append(progress)
        if progress.found == 2:
            raise Cancelled

    proposal = propose(three_fjords(), request, progress=stop)
    assert len(proposal.alternatives) == 2
    assert proposal.solve.outcome == "optimal"
    stages = [one.stage for one in told]
    assert stages == sorted(stages, key=["exemptions", "plan", "alternatives"].index)
    assert [one.found for one in told] == sorted(one.found for one in told)


def test_an_event_set_in_another_thread_stops_a_search() -> None:
    event = threading.Event()
    others = []

    def set_elsewhere(progress: Progress) -> None:
        if progress.incumbent is not None and not others:
            others.append(threading.Thread(target=event.set))
            others[0].start()

    proposal = propose(hard_region(), HARD, progress=stopped_by(event, set_elsewhere))
    others[0].join()
    assert proposal.plan is not None
    assert proposal.solve.outcome == "feasible"


def test_cbc_gives_the_same_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    instance = random_region(3, 8)
    request = Request(weights=ALL_TERMS, fte=Range(min=25))
    expected = propose(instance, request)
    monkeypatch.setattr(solve_module, "default_backend", lambda: "pulp_cbc")
    monkeypatch.setattr(root_module, "default_backend", lambda: "pulp_cbc")
    proposal = propose(instance, request)
    assert proposal.solve.solver == "CBC (PuLP)"
    assert proposal.solve.outcome == "optimal"
    assert proposal.plan == expected.plan


def relabelled(instance: Instance, new: dict[str, str]) -> Instance:
    """Give municipalities other codes, and so another order."""
    order = sorted(new.values())

    def square(frame: object) -> object:
        renamed = frame.rename(index=new, columns=new)
        return renamed.loc[order, order]

    travel = instance.travel
    baseline = {new[code]: new[host] for code, host in instance.baseline.host_of.items()}
    return replace(
        instance,
        municipalities=instance.municipalities.rename(index=new).loc[order],
        travel=replace(
            travel,
            minutes=square(travel.minutes),
            km=square(travel.km),
            ferry=square(travel.ferry),
        ),
        commuters=square(instance.commuters),
        contiguity=nx.relabel_nodes(instance.contiguity, new),
        baseline=Plan(baseline),
    )


@pytest.mark.parametrize("seed", range(3))
def test_labels_and_order_change_nothing(seed: int) -> None:
    instance = random_region(seed, 9)
    codes = instance.codes
    request = Request(
        weights=ALL_TERMS,
        fte=Range(min=25),
        together=(frozenset(codes[:2]),),
        apart=(frozenset(codes[2:5]), frozenset(codes[5:7])),
    )
    proposal = propose(instance, request)
    new = dict(
        zip(
            codes,
            [f"{9000 + int(k)}" for k in np.random.default_rng(seed).permutation(9)],
            strict=True,
        )
    )
    renamed = replace(
        request,
        together=(frozenset(new[code] for code in codes[:2]),),
        apart=tuple(frozenset(new[code] for code in part) for part in request.apart),
    )
    other = propose(relabelled(instance, new), renamed)
    assert other.solve.objective == pytest.approx(proposal.solve.objective, abs=1e-6)
    # the same region with its ties and limits written down in another order
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(reversed(codes))
    graph.add_edges_from((b, a) for a, b in reversed(list(instance.contiguity.edges)))
    shuffled = replace(instance, contiguity=graph)
    again = propose(shuffled, replace(request, apart=request.apart[::-1]))
    assert again.plan == proposal.plan


def test_parts_without_a_common_host_are_solved_apart() -> None:
    # three pairs far from each other
    place = np.array([0, 10, 500, 510, 1000, 1010])
    table = {f"000{k}": {"population": 100 * k, "fte": 1.0} for k in range(1, 7)}
    pairs = make_instance(
        table,
        np.abs(place[:, None] - place[None, :]),
        commuters=np.ones((6, 6)),
        edges=list(pairwise(table)),
    )
    request = Request(weights=ALL_TERMS, max_travel_min=60, fte=Range(min=2))
    apart = propose(pairs, request)
    # a limit on offices that does not bind makes them one program
    joint = propose(pairs, replace(request, offices=Range(max=6)))
    assert apart.plan is not None
    assert apart.plan == joint.plan
    assert len(apart.plan.hosts) == 3
    assert apart.solve.objective == pytest.approx(joint.solve.objective)
    assert apart.solve.bound == pytest.approx(joint.solve.bound)


def test_a_root_that_does_not_answer_proves_nothing_and_costs_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Relaxation, "solve", lambda *_: "stopped")
    proposal = propose(three_fjords(), Request(fte=Range(min=8)))
    assert proposal.solve.outcome == "optimal"
    assert proposal.solve.objective == pytest.approx(14.375)


def test_a_search_stopped_before_there_is_a_plan_is_cancelled() -> None:
    def stop(_: Progress) -> None:
        raise Cancelled

    def nothing_yet(_: Problem, clock: Clock, __: IntArray | None = None) -> None:
        clock.report("plan", None, None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(region_module, "good_plan", nothing_yet)
        proposal = propose(three_fjords(), Request(), progress=stop)
    assert proposal.plan is None
    assert proposal.solve.outcome == "cancelled"
    assert proposal.solve.interrupted


def test_memory_that_runs_out_is_a_sentence_or_the_plan_known_by_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def run_out(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(search_module, "solve_root", run_out)
    proposal = propose(three_fjords(), Request(fte=Range(min=8)))
    assert proposal.solve.outcome == "feasible"
    assert proposal.plan is not None
    monkeypatch.setattr(region_module, "good_plan", run_out)
    with pytest.raises(TooLittleMemoryError, match=r"too little memory.*max_travel_minutes"):
        propose(three_fjords(), Request(fte=Range(min=8)))


def test_no_gap_is_told_while_fewer_exemptions_are_not_ruled_out() -> None:
    request = Request(fte=Range(min=8), offices=Range(min=5), time_limit_s=0)
    solve = propose(three_fjords(), request).solve
    assert (solve.outcome, solve.relative_gap) == ("feasible", None)
    assert solve.exempt is not None
    assert solve.exempt_bound == 0 < solve.exempt
    solve = propose(three_fjords(), replace(request, time_limit_s=None)).solve
    assert solve.outcome == "optimal"
    assert solve.exempt == solve.exempt_bound
    assert solve.relative_gap == 0


def test_a_heavy_term_that_comes_to_nothing_hides_no_other() -> None:
    instance = random_region(4, 6)
    weights = Weights(travel=1e-6, severed=1e6)
    proposal = propose(instance, Request(weights=weights, contiguous=False))
    travel = propose(instance, Request(offices=Range(max=1), contiguous=False))
    assert proposal.plan == travel.plan
    assert proposal.solve.outcome == "optimal"
    assert proposal.solve.objective == pytest.approx(1e-6 * travel.solve.objective, rel=1e-6)


@pytest.mark.parametrize("exempt", ["minimise", "never", frozenset({"1001"})])
def test_a_least_size_next_to_nothing_is_kept_by_whoever_has_anybody(exempt: Exempt) -> None:
    request = Request(fte=Range(min=1e-300), exempt=exempt)
    solve = propose(random_region(3, 5), request).solve
    assert (solve.outcome, solve.objective, solve.exempt) == ("optimal", 0, 0)
