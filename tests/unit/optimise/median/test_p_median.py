"""The p-median by hand, what it says of faulty input, and what it admits when time is up."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from planner.errors import DataError, LabelMismatchError
from planner.optimise import p_median

COST = pd.DataFrame([[0, 9, 4], [9, 0, 5], [4, 5, 0]], index=list("abc"), columns=list("abc"))


def test_labels_in_labels_out() -> None:
    found = p_median(COST, 1, weights=pd.Series([1.0, 1.0, 5.0], index=list("abc")))
    assert found.hosts == ("c",)
    assert dict(found.assignment) == {"a": "c", "b": "c", "c": "c"}
    assert (found.objective, found.bound, found.relative_gap) == (9, 9, 0)
    assert found.outcome == "optimal"


def test_plain_arrays_in_column_numbers_out() -> None:
    found = p_median(COST.to_numpy(), 2, weights=[1, 1, 5])
    assert found.hosts == (1, 2)
    assert np.asarray(found.assignment).tolist() == [2, 1, 2]
    assert found.objective == 4


def test_a_client_that_does_not_fit_goes_farther() -> None:
    # c has room for itself and one more; b is nearer to c than to a, but a is served there
    found = p_median(COST, 2, demand=[1, 1, 1], capacity=pd.Series([1, 0, 2], index=list("abc")))
    assert found.hosts == ("a", "c")
    assert dict(found.assignment) == {"a": "a", "b": "c", "c": "c"}
    assert found.objective == 5


def test_hosts_and_clients_may_be_different_places() -> None:
    cost = pd.DataFrame([[3.0, np.inf], [np.inf, 2.0]], index=["x", "y"], columns=["s", "t"])
    assert p_median(cost, 1).outcome == "infeasible"
    found = p_median(cost, 2)
    assert dict(found.assignment) == {"x": "s", "y": "t"}


@pytest.mark.parametrize(
    "limits",
    [
        {"demand": [4, 1, 1], "capacity": 3},  # one is too large for everybody
        {"demand": [2, 2, 2], "capacity": 2.5},  # two hosts hold two of them
    ],
)
def test_too_little_room_is_infeasible(limits: dict[str, object]) -> None:
    found = p_median(COST, 2, **limits)
    assert found.outcome == "infeasible"
    assert (found.assignment, found.objective, found.relative_gap) == (None, None, None)
    assert found.hosts == ()


@pytest.mark.parametrize("capacity", [None, 40.0])
@pytest.mark.parametrize("time_limit_s", [0.0, 0.02, 0.1, 0.3])
def test_when_time_is_up_nothing_is_claimed_that_is_not_proved(
    time_limit_s: float, capacity: float | None
) -> None:
    random = np.random.default_rng(3)
    points, demand = random.uniform(0, 100, (60, 2)), random.integers(1, 20, 60)
    cost = np.hypot(*(points[:, None] - points).transpose(2, 0, 1))
    limits = {} if capacity is None else {"demand": demand, "capacity": capacity}
    hosts = 18
    best = p_median(cost, hosts, **limits)
    assert best.outcome == "optimal"
    found = p_median(cost, hosts, **limits, time_limit_s=time_limit_s)
    if found.outcome == "no_solution_in_time":
        assert found.assignment is None
        assert found.bound <= best.objective
        return
    assert found.bound <= best.objective * (1 + 1e-9)
    assert best.objective <= found.objective * (1 + 1e-9)
    assert found.relative_gap == pytest.approx(1 - found.bound / found.objective)
    assert (found.outcome == "optimal") == (found.relative_gap == 0)


def test_even_no_time_at_all_gives_a_plan_within_capacities() -> None:
    found = p_median(COST, 2, demand=[1, 1, 1], capacity=2, time_limit_s=0)
    assert found.outcome in {"feasible", "optimal"}
    assert found.assignment.value_counts().max() <= 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"cost": [[np.nan]], "p": 1}, "cost: 1 values are missing"),
        ({"cost": [[-1.0]], "p": 1}, "cost: 1 values are negative"),
        ({"cost": [1.0, 2.0], "p": 1}, r"cost: shape \(2,\). Expected clients x hosts"),
        ({"cost": [], "p": 1}, "cost: shape"),
        ({"cost": COST, "p": 4}, "p: 4. Expected a whole number from 1 to 3"),
        ({"cost": COST, "p": 0}, "p: 0. Expected"),
        ({"cost": COST, "p": 1.5}, "p: 1.5. Expected"),
        ({"cost": COST, "p": 1, "weights": [1, 2]}, "one number for each row of cost"),
        ({"cost": COST, "p": 1, "demand": [1, 1, 1]}, "capacity: missing"),
        ({"cost": COST, "p": 1, "capacity": 3}, "demand: missing"),
        (
            {"cost": COST, "p": 1, "demand": [1, 1, 1], "capacity": [1, 2]},
            "one number for each column of cost",
        ),
        ({"cost": COST, "p": 1, "weights": [1, np.inf, 1]}, "weights: 1 values are infinite"),
    ],
)
def test_faulty_input_is_told(arguments: dict[str, object], told: str) -> None:
    with pytest.raises(DataError, match=told):
        p_median(**arguments)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(DataError) as caught:
        p_median(COST, 9, weights=[-1, 1, np.nan], demand=[1, 1, 1])
    assert [fault.key for fault in caught.value.faults] == ["capacity", "p", "weights", "weights"]


@pytest.mark.parametrize(
    ("cost", "weights", "told"),
    [
        (COST, pd.Series([1.0, 1, 5], index=list("cab")), "labels of the rows of cost"),
        (COST.to_numpy(), pd.Series([1.0, 1, 5]), "no"),
        (COST.set_axis(list("aac"), axis=0), [1, 1, 5], "'a' more than once"),
    ],
)
def test_labels_that_do_not_fit_are_told(cost: object, weights: object, told: str) -> None:
    with pytest.raises(LabelMismatchError, match=told):
        p_median(cost, 1, weights=weights)


def test_plain_arrays_need_no_pandas() -> None:
    script = (
        "import sys\n"
        "from planner.optimise import p_median\n"
        "assert p_median([[0, 2], [2, 0]], 1).objective == 2\n"
        "sys.exit('pandas' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
