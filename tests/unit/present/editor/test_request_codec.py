"""Requests in an address: the same after reading, and whatever somebody wrote there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model.limits import let_serve
from planner.model.weights import Weights
from planner.optimise.explain.limit_change import LimitChange
from planner.present.editor.request_codec import (
    KEYS,
    LEAST_TIME_S,
    MOST_TIME_S,
    TIME_LIMIT_S,
    in_bounded_time,
    read_request,
    renamed,
    usual_propose,
    with_change,
    write_request,
)
from planner.scenario.vocabulary import Constraints, Hosts, Offices, Propose, Solver

CODES = ["0001", "0002", "0003", "0004"]
A, B, C, D = CODES
FULL = Propose(
    weights=Weights(travel=2.0, severed=0.125, change=1.5),
    constraints=Constraints(
        offices=Offices(min=1, max=3),
        max_travel_minutes=75.5,
        min_fte=2.5,
        max_fte=40.0,
        min_population=1000,
        max_members=3,
        contiguous=False,
        hosts=Hosts(fixed=[A], allowed=[A, B], forbidden=[C]),
        together=[[A, B], [C, D]],
        apart=[[A, C, D]],
        keep_baseline_groups=True,
        within="council",
        crossing_allowed=[D],
        exempt=[B],
    ),
    alternatives=5,
    min_difference=2,
    solver=Solver(time_limit_seconds=30.0, relative_gap=0.01),
)


def test_short_parameters() -> None:
    assert write_request(FULL) == {
        "w": "travel:2,severed:0.125,change:1.5",
        "offices": "1-3",
        "minutes": "75.5",
        "fte": "2.5-40",
        "people": "1000",
        "members": "3",
        "loose": "1",
        "keep": "1",
        "fixed": A,
        "hosts": f"{A},{B}",
        "nohost": C,
        "together": f"{A}-{B},{C}-{D}",
        "apart": f"{A}-{C}-{D}",
        "within": "council",
        "cross": D,
        "exempt": B,
        "alternatives": "5",
        "differ": "2",
        "seconds": "30",
        "gap": "0.01",
    }
    assert write_request(Propose()) == {"w": "travel:1"}
    assert (
        write_request(Propose(constraints=Constraints(offices=Offices(max=3))))["offices"] == "-3"
    )


@pytest.mark.parametrize("asked", [FULL, Propose(), usual_propose()])
def test_reading_gives_the_same_request(asked: Propose) -> None:
    assert read_request(write_request(asked), CODES) == asked


def test_an_address_without_weights_holds_no_request() -> None:
    assert read_request({"offices": "1-3"}, CODES) is None
    assert read_request({"w": "travel:0"}, CODES) is None
    assert read_request({"w": "travel:-1"}, CODES) is None
    assert read_request({"w": "nothing:1"}, CODES) is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("offices", "0-3"),
        ("offices", "many"),
        ("minutes", "-5"),
        ("minutes", "nan"),
        ("minutes", "inf"),
        ("fte", "1e400"),
        ("members", "2.5"),
        ("fixed", "9999,<script>"),
        ("together", f"{A},{B}"),
        ("within", "country"),
        ("alternatives", "51"),
        ("seconds", "0"),
        ("gap", "2"),
        ("loose", "yes"),
        ("region", "../../etc"),
    ],
)
def test_what_cannot_be_read_is_passed_over(key: str, value: str) -> None:
    assert read_request({"w": "travel:1", key: value}, CODES) == Propose()


@given(st.dictionaries(st.sampled_from(KEYS), st.text(max_size=40)))
def test_whatever_is_written_gives_a_request_or_none(params: dict[str, str]) -> None:
    asked = read_request(params, CODES)
    assert asked is None or read_request(write_request(asked), CODES) is not None


def test_a_list_of_nobody_is_nobody() -> None:
    nobody = Propose(constraints=Constraints(exempt=[]))
    found = read_request(write_request(nobody), CODES)
    assert found is not None
    assert found.constraints.exempt == "never"


def test_a_search_always_ends() -> None:
    assert in_bounded_time(Propose()).solver.time_limit_seconds == TIME_LIMIT_S
    long = Propose(solver=Solver(time_limit_seconds=80_000.0))
    assert in_bounded_time(long).solver.time_limit_seconds == MOST_TIME_S
    short = Propose(solver=Solver(time_limit_seconds=0.001))
    assert in_bounded_time(short).solver.time_limit_seconds == LEAST_TIME_S
    assert in_bounded_time(FULL) == FULL


def test_other_names_for_all_municipalities() -> None:
    names = dict(zip(CODES, "ABCD", strict=True))
    codes = {name: code for code, name in names.items()}
    named = renamed(FULL, names.__getitem__)
    assert named.constraints.hosts == Hosts(fixed=["A"], allowed=["A", "B"], forbidden=["C"])
    assert named.constraints.apart == [["A", "C", "D"]]
    assert named.constraints.exempt == ["B"]
    assert renamed(named, codes.__getitem__) == FULL


@pytest.mark.parametrize(
    ("change", "key", "value"),
    [
        (LimitChange("max_travel_minutes", 60.0, 83.0), "minutes", "83"),
        (LimitChange("min_fte", 12.0, 9.4), "fte", "9.4"),
        (LimitChange("min_fte", 12.0, None), "fte", ""),
        (LimitChange("offices.max", 3.0, 4.0), "offices", "-4"),
        (LimitChange("hosts.forbidden", frozenset({C}), frozenset()), "nohost", ""),
        (
            LimitChange("together", (frozenset({A, B}),), (frozenset({C, B}),)),
            "together",
            f"{B}-{C}",
        ),
        (LimitChange("exempt", "never", frozenset({D, A})), "exempt", f"{A},{D}"),
        (LimitChange("contiguous", True, False), "loose", "1"),
    ],
)
def test_a_change_of_one_limit(change: LimitChange, key: str, value: str) -> None:
    assert write_request(with_change(Propose(), change)).get(key, "") == value


def test_a_border_that_is_lifted_needs_no_exceptions() -> None:
    within = Constraints(within="county", crossing_allowed=[A])
    lifted = with_change(Propose(constraints=within), LimitChange("within", "county", None))
    assert lifted.constraints == Constraints()


def test_a_forced_host() -> None:
    once = let_serve(Propose(), {A: B})
    assert (once.constraints.hosts.fixed, once.constraints.together) == ([B], [[A, B]])
    assert let_serve(once, {A: B}) == once
    assert let_serve(Propose(), {A: A}).constraints.together == []
