"""The p-median against all choices of hosts and all assignments of small instances."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import DataError, LabelMismatchError
from planner.optimise import p_median


def cheapest(
    cost: np.ndarray, p: int, demand: np.ndarray | None = None, capacity: float = np.inf
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


@settings(max_examples=150)
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


@settings(max_examples=80)
@given(costs(most=5), st.data())
def test_capacities_hold_and_the_cheapest_way_is_found(
    cost: np.ndarray, data: st.DataObject
) -> None:
    clients, hosts = cost.shape
    p = data.draw(st.integers(1, min(3, hosts)))
    demand = np.array(data.draw(st.lists(st.integers(0, 9), min_size=clients, max_size=clients)))
    capacity = data.draw(st.integers(0, 30))
    found = p_median(cost, p, demand=demand, capacity=capacity)
    best = cheapest(cost, p, demand, capacity)
    if np.isinf(best):
        assert found.outcome == "infeasible"
        return
    assert found.outcome == "optimal"
    assert found.objective == pytest.approx(best)
    assert found.assignment is not None
    load = np.bincount(np.asarray(found.assignment), weights=demand, minlength=hosts)
    assert (load <= capacity).all()


def test_labels_in_labels_out_in_any_order() -> None:
    cost = pd.DataFrame([[0, 9, 4], [9, 0, 5], [4, 5, 0]], index=list("abc"), columns=list("abc"))
    found = p_median(cost, 1, weights=pd.Series([1.0, 1.0, 5.0], index=list("abc")))
    assert found.hosts == ("c",)
    assert dict(found.assignment) == {"a": "c", "b": "c", "c": "c"}
    turned = cost.loc[list("cab"), list("bca")]
    assert p_median(turned, 2).objective == p_median(cost, 2).objective
    with pytest.raises(LabelMismatchError):
        p_median(cost, 1, weights=pd.Series([1.0, 1.0, 5.0], index=list("cab")))


@pytest.mark.parametrize(
    ("cost", "p"), [([[np.nan]], 1), ([[-1.0]], 1), ([[1.0]], 2), ([[1.0]], 0), ([], 1)]
)
def test_faulty_input_is_told(cost: list[list[float]], p: int) -> None:
    with pytest.raises(DataError):
        p_median(cost, p)
