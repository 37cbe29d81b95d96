"""Services, economy and equity: laws that hold for every region, plan and set of prices."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.assess.economy.indicators import assess_economy
from planner.assess.economy.sharing import KEYS, cost_sharing
from planner.assess.equity import assess_equity, winners_and_losers
from planner.assess.indicator import Indicator
from planner.assess.services import assess_services
from planner.assess.statistics import gini
from planner.model.instance import Instance, Travel
from planner.model.plan import Plan
from tests.support.factories import ASSUMPTIONS, FUNCTIONS, PRICES, make_instance

checked = settings(deadline=None, max_examples=30)
Case = tuple[Instance, Plan]
people = st.integers(0, 20_000)
fte = st.sampled_from([0.0, 0.5, 3.0, 12.25])
SERVICES = ["loan", "housing", "parking"]


def indicators(instance: Instance, plan: Plan) -> dict[str, Indicator]:
    families = (assess_services, assess_economy, assess_equity)
    return {one.key: one for family in families for one in family(instance, plan)}


@st.composite
def plans(draw: st.DrawFn, codes: list[str]) -> Plan:
    """Draw groups, hosts and locations."""
    group = draw(st.lists(st.integers(0, 2), min_size=len(codes), max_size=len(codes)))
    members = {
        name: [c for c, own in zip(codes, group, strict=True) if own == name] for name in group
    }
    hosts = {name: draw(st.sampled_from(members[name])) for name in sorted(members)}
    days = st.sampled_from([0.0, 1.0, 2.5, 5.0])
    locations = draw(st.dictionaries(st.sampled_from(codes), days))
    host_of = {code: hosts[name] for name in members for code in members[name]}
    return Plan(host_of, locations)


def instance_with(
    draw: st.DrawFn, codes: list[str], minutes: np.ndarray, km: np.ndarray
) -> Instance:
    """Draw staff, inhabitants, a baseline, and what is known about services and systems."""
    table = {code: {"population": draw(people), "fte": draw(fte)} for code in codes}
    known = draw(st.sets(st.sampled_from(codes)))
    catalogues = pd.DataFrame(
        {name: [draw(st.booleans()) for _ in known] for name in SERVICES}, index=sorted(known)
    )
    with_system = draw(st.sets(st.sampled_from(codes)))
    instance = make_instance(
        table,
        minutes,
        baseline=draw(plans(codes)),
        assumptions=ASSUMPTIONS | PRICES,
        assumption_ranges={name: (price / 2, price * 2) for name, price in PRICES.items()},
        functions=FUNCTIONS,
        services=catalogues,
        services_provenance=dict.fromkeys(sorted(known), "observed"),
        case_systems={code: draw(st.sampled_from("AB")) for code in sorted(with_system)},
        case_systems_provenance=dict.fromkeys(sorted(with_system), "observed"),
        bought_services=frozenset(
            (code, "debt_counselling") for code in draw(st.sets(st.sampled_from(codes)))
        ),
        visits=pd.DataFrame({"visits_per_month": 10.0}, index=sorted(known)),
    )
    travel = replace(instance.travel, km=pd.DataFrame(km.astype(float), index=codes, columns=codes))
    return replace(instance, travel=travel)


def labels(n: int) -> list[str]:
    return [f"{number:04d}" for number in range(1, n + 1)]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a region in which some islands may have no way to the others."""
    codes = labels(draw(st.integers(2, 6)))
    n = len(codes)
    minutes = np.zeros((n, n))
    mainland = [draw(st.integers(0, 3)) > 0 for _ in codes]
    for i in range(n):
        for j in range(i):
            way = draw(st.integers(1, 200)) if mainland[i] == mainland[j] else np.inf
            minutes[i, j] = minutes[j, i] = way
    instance = instance_with(draw, codes, minutes, minutes)
    return instance, draw(plans(codes))


@checked
@given(cases(), st.data())
def test_the_order_of_rows_changes_nothing(case: Case, data: st.DataObject) -> None:
    """Other codes for the same municipalities give the same figures."""
    instance, plan = case
    shuffled = data.draw(st.permutations(instance.codes))
    new = dict(zip(instance.codes, shuffled, strict=True))
    before, after = indicators(instance, plan), indicators(*relabelled(instance, plan, new))
    for key, one in before.items():
        other = after[key]
        assert other.value == pytest.approx(one.value), key
        assert other.low == pytest.approx(one.low), key
        assert other.by_municipality == pytest.approx(
            {new[code]: value for code, value in one.by_municipality.items()}
        ), key
        assert other.by_group == pytest.approx(
            {new[code]: value for code, value in one.by_group.items()}
        ), key


def relabelled(instance: Instance, plan: Plan, new: dict[str, str]) -> Case:
    codes = instance.codes

    def rows(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.rename(index=new).sort_index()

    def square(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.rename(index=new, columns=new).loc[codes, codes]

    def plan_of(one: Plan) -> Plan:
        host_of = {new[code]: new[host] for code, host in one.host_of.items()}
        return Plan(host_of, {new[code]: days for code, days in one.locations.items()})

    travel = instance.travel
    other = replace(
        instance,
        municipalities=rows(instance.municipalities),
        travel=Travel(*map(square, (travel.minutes, travel.km, travel.ferry))),
        commuters=square(instance.commuters),
        baseline=plan_of(instance.baseline),
        services=rows(instance.services),
        services_provenance={new[code]: p for code, p in instance.services_provenance.items()},
        case_systems={new[code]: system for code, system in instance.case_systems.items()},
        bought_services=frozenset((new[code], what) for code, what in instance.bought_services),
        visits=rows(instance.visits),
    )
    return other, plan_of(plan)


@checked
@given(cases())
def test_costs_lie_between_low_and_high_and_are_never_negative(case: Case) -> None:
    for key, one in indicators(*case).items():
        if key.startswith("economy."):
            ends = [end for end in (one.low, one.value, one.high) if end is not None]
            assert all(end >= 0 for end in ends), key
            if not key.endswith(("lower_costs_nok", "higher_costs_nok")):
                assert all(a <= b * (1 + 1e-12) for a, b in pairwise(ends)), key


@checked
@given(cases())
def test_what_is_lower_and_what_is_higher_explain_the_year(case: Case) -> None:
    instance, plan = case
    found, before = indicators(instance, plan), indicators(instance, instance.baseline)
    now, then = found["economy.annual_nok"].value, before["economy.annual_nok"].value
    lower, higher = found["economy.lower_costs_nok"].value, found["economy.higher_costs_nok"].value
    if now is None or then is None:
        assert lower is None
        assert higher is None
    else:
        assert lower is not None
        assert higher is not None
        assert higher - lower == pytest.approx(now - then, abs=1e-3)


@checked
@given(cases())
def test_groups_sum_to_the_plan(case: Case) -> None:
    for key, one in indicators(*case).items():
        if key.startswith("economy.") and one.by_group and one.value is not None:
            assert sum(value or 0.0 for value in one.by_group.values()) == pytest.approx(one.value)


@checked
@given(cases())
def test_shares_of_the_costs_sum_to_one_in_every_group(case: Case) -> None:
    instance, plan = case
    table = cost_sharing(instance, plan)
    for key in KEYS:
        sums = table.groupby("host")[f"{key}_share"].sum(min_count=1)
        assert np.allclose(sums.dropna(), 1)
        assert (table[f"{key}_share"].dropna() >= 0).all()


@checked
@given(cases())
def test_jobs_move_but_do_not_vanish(case: Case) -> None:
    table = winners_and_losers(*case)
    assert table["jobs_fte_change"].sum() == pytest.approx(0)
    assert all(not set(row.gains) & set(row.losses) for row in table.itertuples())


@checked
@given(cases())
def test_shares_and_distances_are_shares(case: Case) -> None:
    for key, one in indicators(*case).items():
        if one.unit == "share":
            figures = [one.value, *one.by_group.values(), *one.by_municipality.values()]
            assert all(0 <= value <= 1 for value in figures if value is not None), key


burdens = st.lists(
    st.tuples(st.floats(0, 500), st.integers(0, 9000)), min_size=1, max_size=8
).filter(lambda pairs: sum(weight for _, weight in pairs) > 0)


@checked
@given(burdens, st.floats(0.1, 10))
def test_gini_is_half_the_mean_difference_over_the_mean(
    pairs: list[tuple[float, int]], scale: float
) -> None:
    values, weights = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    found = gini(values, weights)
    assert found is not None
    assert 0 <= found <= 1
    people_at = weights / weights.sum()
    mean = float(people_at @ values)
    differences = float(people_at @ np.abs(values[:, None] - values[None, :]) @ people_at)
    assert found == pytest.approx(differences / 2 / mean if mean > 0 else 0, abs=1e-9)
    assert gini(values * scale, weights) == pytest.approx(found, abs=1e-9)


@st.composite
def valleys(draw: st.DrawFn) -> tuple[Instance, Instance, Plan]:
    """Draw municipalities joined by one way each, and the same with one link shortened."""
    codes = labels(draw(st.integers(2, 6)))
    road: nx.Graph[int] = nx.Graph()
    for own in range(1, len(codes)):
        joined = draw(st.integers(0, own - 1))
        road.add_edge(own, joined, minutes=draw(st.floats(1, 120)), km=draw(st.floats(1, 150)))
    shorter = road.copy()
    link = draw(st.sampled_from(sorted(road.edges)))
    for measure in ("minutes", "km"):
        shorter.edges[link][measure] *= draw(st.floats(0, 1))
    minutes, km = _ways(road)
    instance = instance_with(draw, codes, minutes, km)
    short_minutes, short_km = (
        pd.DataFrame(way, index=codes, columns=codes) for way in _ways(shorter)
    )
    travel = replace(instance.travel, minutes=short_minutes, km=short_km)
    return instance, replace(instance, travel=travel), draw(plans(codes))


def _ways(road: nx.Graph[int]) -> tuple[np.ndarray, np.ndarray]:
    n = len(road)
    ways = {}
    for measure in ("minutes", "km"):
        lengths = dict(nx.all_pairs_dijkstra_path_length(road, weight=measure))
        ways[measure] = np.array([[lengths[i][j] for j in range(n)] for i in range(n)])
    return ways["minutes"], ways["km"]


@checked
@given(valleys())
def test_a_shorter_link_never_raises_staff_travel(case: tuple[Instance, Instance, Plan]) -> None:
    before, after, plan = case
    now, then = (
        indicators(instance, plan)["economy.staff_travel_nok"] for instance in (after, before)
    )
    for code, cost in now.by_municipality.items():
        assert (cost or 0.0) <= (then.by_municipality[code] or 0.0) * (1 + 1e-9) + 1e-6
