"""Fronts, spaces of plans and broken limits equal exhaustive search."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from planner.model.instance import Instance
from planner.model.limits import TERMS
from planner.model.plan import Plan
from planner.model.request import Request
from planner.optimise.all_plans.enumerate import plan_space
from planner.optimise.all_plans.pareto import STEP, dominators, non_dominated, term_front
from planner.optimise.judge import LimitJudge
from tests.property.test_grouping import cases
from tests.support.oracle import HostOf, Oracle, all_plans

losses = arrays(
    np.float64,
    array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=9),
    elements=st.sampled_from([0.0, 1.0, 2.0, 3.0, np.inf, np.nan]),
)
some_terms = st.lists(st.sampled_from(TERMS), min_size=2, max_size=3, unique=True)


def dominates(a: np.ndarray, b: np.ndarray) -> bool:
    return bool((a <= b).all() and (a < b).any())


@given(losses)
def test_non_dominated_rows_are_those_that_no_other_row_dominates(rows: np.ndarray) -> None:
    expected = [
        not np.isnan(row).any() and not any(dominates(other, row) for other in rows) for row in rows
    ]
    assert non_dominated(rows).tolist() == expected


@given(losses, st.data())
def test_dominators_are_allowed_and_dominate(rows: np.ndarray, data: st.DataObject) -> None:
    allowed = data.draw(arrays(np.bool_, len(rows)))
    for row, by in zip(rows, dominators(rows, allowed), strict=True):
        if by >= 0:
            assert allowed[by]
            assert dominates(rows[by], row)
        else:
            assert not any(dominates(other, row) for other in rows[allowed])


def plans_within(oracle: Oracle) -> list[HostOf]:
    """All plans that keep the limits, with the fewest exemptions where these are minimised."""
    plans = [plan for plan in all_plans(oracle.instance.codes) if oracle.allows(plan)]
    if oracle.request.exempt != "minimise" or not plans:
        return plans
    fewest = min(len(oracle.exempted(plan)) for plan in plans)
    return [plan for plan in plans if len(oracle.exempted(plan)) == fewest]


@settings(max_examples=60, deadline=None)
@given(cases())
def test_a_plan_breaks_a_limit_just_if_the_request_does_not_allow_it(
    case: tuple[Instance, Request],
) -> None:
    instance, request = case
    oracle, limits = Oracle(instance, request), LimitJudge(instance, request)
    for host_of in all_plans(instance.codes):
        assert (not limits.of_plan(Plan(host_of))) == oracle.allows(host_of)
    space = plan_space(instance, request)
    gathered = sorted(tuple(space.plan(row).host_of.values()) for row in range(len(space)))
    within = plans_within(oracle)
    assert gathered == sorted(tuple(dict(sorted(plan.items())).values()) for plan in within)
    for row in range(len(space)):
        plan = space.plan(row)
        exempted = oracle.exempted(dict(plan.host_of))
        assert plan.exempt == (exempted if request.exempt != "never" else frozenset())


@settings(max_examples=25, deadline=None)
@given(cases(), some_terms, st.sampled_from([1e-3, 2.0]))
def test_the_solver_finds_the_whole_front(
    case: tuple[Instance, Request], terms: list[str], step: float
) -> None:
    instance, request = case
    oracle = Oracle(instance, request)
    steps = {name: max(step, size) for name, size in STEP.items()}
    front = term_front(instance, request, terms, steps=steps)
    within = plans_within(oracle)
    assert front.complete
    assert front.outcome == ("optimal" if within else "infeasible")
    every = np.array([[oracle.terms(plan)[name] for name in terms] for plan in within])
    found = np.array([[one.terms[name] for name in terms] for one in front.plans])
    least = np.array([steps[name] for name in terms])
    for row in every:
        assert ((found <= row + least).all(axis=1)).any()
    for one, row in zip(front.plans, found, strict=True):
        assert dict(one.plan.host_of) in within
        assert one.terms == pytest.approx(oracle.terms(dict(one.plan.host_of)))
        better = (every <= row + 1e-6).all(axis=1) & (every < row - 1e-3).any(axis=1)
        assert not better.any()


@settings(max_examples=15, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_other_numbers_for_the_municipalities_change_no_front(
    case: tuple[Instance, Request], random: Random
) -> None:
    instance, _ = case
    shuffled = list(instance.codes)
    random.shuffle(shuffled)
    renamed = relabelled(instance, dict(zip(instance.codes, shuffled, strict=True)))
    fronts = [sorted(front_values(region, ("travel", "severed"))) for region in (instance, renamed)]
    assert np.array(fronts[0]) == pytest.approx(np.array(fronts[1]))


def front_values(instance: Instance, terms: tuple[str, str]) -> set[tuple[float, ...]]:
    space = plan_space(instance, Request())
    table = np.stack([space.term(name) for name in terms], axis=1).round(9)
    return {tuple(row) for row in table[non_dominated(table)]}


def relabelled(instance: Instance, new: dict[str, str]) -> Instance:
    """The same region with other numbers for its municipalities, in their order."""
    order = sorted(instance.codes, key=new.__getitem__)

    def square(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.loc[order, order].rename(index=new, columns=new)

    travel = instance.travel
    return replace(
        instance,
        municipalities=instance.municipalities.loc[order].rename(index=new),
        travel=type(travel)(
            *(square(frame) for frame in (travel.minutes, travel.km, travel.ferry))
        ),
        commuters=square(instance.commuters),
        contiguity=nx.relabel_nodes(instance.contiguity, new),
        baseline=Plan({new[code]: new[host] for code, host in instance.baseline.host_of.items()}),
    )
