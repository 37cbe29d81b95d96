"""The p-median against all choices of hosts and all assignments of small instances."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.optimise import p_median


def cheapest(
    cost: np.ndarray,
    p: int,
    demand: np.ndarray | None = None,
    capacity: float | np.ndarray = np.inf,
) -> float:
    """Return the least cost by trying everything; infinite if nothing is allowed."""
    clients, hosts = cost.shape
    best = np.inf
    for opened in combinations(range(hosts), p):
        if demand is None:
            best = min(best, float(cost[:, list(opened)].min(axis=1).sum()))
            continue
        for chosen in product(opened, repeat=clients):
            load = np.bincount(chosen, weights=demand, minlength=hosts)
            if (load <= capacity).all():
                best = min(best, float(cost[range(clients), chosen].sum()))
    return best


@st.composite
def costs(draw: st.DrawFn, most: int = 8) -> np.ndarray:
    clients, hosts = draw(st.integers(1, most)), draw(st.integers(1, most))
    values = st.one_of(st.integers(0, 30), st.just(np.inf))
    rows = st.lists(values, min_size=hosts, max_size=hosts)
    return np.array(draw(st.lists(rows, min_size=clients, max_size=clients)), dtype=float)


@settings(max_examples=100)
@given(costs(), st.data())
def test_any_hosts_any_costs(cost: np.ndarray, data: st.DataObject) -> None:
    p = data.draw(st.integers(1, cost.shape[1]))
    found, best = p_median(cost, p), cheapest(cost, p)
    if np.isinf(best):
        assert found.outcome == "infeasible"
        assert found.assignment is None
        return
    assert found.outcome == "optimal"
    assert found.objective == pytest.approx(best)
    assert found.bound == pytest.approx(best)
    assert found.relative_gap == 0
    assert found.assignment is not None
    chosen = np.asarray(found.assignment)
    assert set(chosen) <= set(found.hosts)
    assert cost[range(len(cost)), chosen].sum() == pytest.approx(best)


def whole_numbers(data: st.DataObject, count: int, most: int) -> np.ndarray:
    return np.array(data.draw(st.lists(st.integers(0, most), min_size=count, max_size=count)))


@settings(max_examples=60)
@given(costs(most=5), st.data(), st.sampled_from([1.0, 0.1, 1 / 3]))
def test_capacities_hold_and_the_cheapest_way_is_found(
    cost: np.ndarray, data: st.DataObject, unit: float
) -> None:
    clients, hosts = cost.shape
    p = data.draw(st.integers(1, min(3, hosts)))
    demand = whole_numbers(data, clients, 9) * unit
    capacity = whole_numbers(data, hosts, 30) * unit
    weights = whole_numbers(data, clients, 5) * unit
    found = p_median(cost, p, demand=demand, capacity=capacity, weights=weights)
    paid = np.where(np.isfinite(cost), np.nan_to_num(cost, posinf=0) * weights[:, None], np.inf)
    best = cheapest(paid, p, demand, capacity * (1 + 1e-9))
    if np.isinf(best):
        assert found.outcome == "infeasible"
        return
    assert found.outcome == "optimal"
    assert found.objective == pytest.approx(best)
    assert found.bound == pytest.approx(best)
    assert found.assignment is not None
    chosen = np.asarray(found.assignment)
    load = np.bincount(chosen, weights=demand, minlength=hosts)
    assert (load <= capacity * (1 + 1e-8)).all()
    assert paid[range(clients), chosen].sum() == pytest.approx(best)
    assert len(found.hosts) == p


@settings(max_examples=30)
@given(costs(most=6), st.data(), st.booleans())
def test_names_and_order_change_nothing(
    cost: np.ndarray, data: st.DataObject, limited: bool
) -> None:
    clients, hosts = cost.shape
    p = data.draw(st.integers(1, hosts))
    rows, columns = [f"c{i}" for i in range(clients)], [f"h{j}" for j in range(hosts)]
    frame = pd.DataFrame(cost, index=rows, columns=columns)
    weights = pd.Series(whole_numbers(data, clients, 5), index=rows)
    limits = {}
    if limited:
        limits = {
            "demand": pd.Series(whole_numbers(data, clients, 9), index=rows),
            "capacity": pd.Series(whole_numbers(data, hosts, 30), index=columns),
        }
    plain = p_median(
        cost,
        p,
        weights=weights.to_numpy(),
        **{key: series.to_numpy() for key, series in limits.items()},
    )
    rows, columns = data.draw(st.permutations(rows)), data.draw(st.permutations(columns))
    order = {"weights": rows, "demand": rows, "capacity": columns}
    turned = {key: series.loc[order[key]] for key, series in limits.items()}
    named = p_median(frame.loc[rows, columns], p, weights=weights.loc[rows], **turned)
    assert named.outcome == plain.outcome
    assert named.objective == (None if plain.objective is None else pytest.approx(plain.objective))
    if named.assignment is None:
        return
    assert isinstance(named.assignment, pd.Series)
    assert list(named.assignment.index) == rows
    paid = [weights[c] * frame.loc[c, h] for c, h in named.assignment.items()]
    assert sum(paid) == pytest.approx(named.objective)
    assert set(named.assignment) <= set(named.hosts) <= set(columns)
