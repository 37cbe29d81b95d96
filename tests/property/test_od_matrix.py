from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.roads.graph import crossings, path
from planner.model.roads.travel import travel_between
from planner.scenario.network_keys import LinkChange, Network
from tests.support.small_network import CODES, link_table, make_network

PLACES = ["aga", "bru", "dal", "kryss", "kai"]
ALL = list(CODES.values())
DAYS = [dt.date(2017, 1, 1), dt.date(2018, 6, 1), dt.date(2020, 1, 1), dt.date.max]
SLACK_MIN = 1e-6

few = settings(max_examples=25, deadline=None)
figures = st.floats(0.1, 300).map(lambda value: round(value, 1))


@st.composite
def links(draw: st.DrawFn) -> pd.DataFrame:
    """Any links between the small country's places, some of them parallel, some dated."""
    rows = draw(
        st.lists(
            st.tuples(
                st.lists(st.sampled_from(PLACES), min_size=2, max_size=2, unique=True),
                figures,
                figures,
                st.sampled_from([0.0, 15.0, 60.0]),
                st.sampled_from(["E1", "Fv2", "Fv3"]),
                st.sampled_from([(None, None), ("2018-01-01", None), (None, "2018-12-31")]),
            ),
            min_size=1,
            max_size=12,
        )
    )
    return link_table(
        *(
            {"from": a, "to": b, "km": km, "minutes": minutes, "wait_minutes": wait, "road": road}
            | {"mode": "ferry" if wait else "road"}
            | {"valid_from": pd.Timestamp(begins), "valid_to": pd.Timestamp(ceases)}
            for (a, b), km, minutes, wait, road, (begins, ceases) in rows
        )
    )


def minutes_of(table: pd.DataFrame, changes: Network | None = None) -> np.ndarray:
    network = make_network(link_rows=table, changes=changes or Network(), on=DAYS[2])
    return travel_between(network, ALL).minutes.to_numpy()


def first_valid(table: pd.DataFrame) -> list[str] | None:
    valid = table.loc[table["valid_to"].isna()]
    return None if valid.empty else [valid.iloc[0]["from"], valid.iloc[0]["to"]]


@few
@given(links(), st.sampled_from(DAYS))
def test_symmetric_with_a_zero_diagonal_and_the_triangle_inequality(
    table: pd.DataFrame, on: dt.date
) -> None:
    travel = travel_between(make_network(link_rows=table, on=on), ALL)
    for frame in (travel.minutes, travel.km, travel.ferry):
        pd.testing.assert_frame_equal(frame, frame.T, check_names=False)
    minutes = travel.minutes.to_numpy()
    assert (minutes.diagonal() == 0).all()
    assert (minutes[:, None, :] <= minutes[:, :, None] + minutes[None, :, :] + SLACK_MIN).all()
    assert (np.isinf(minutes) == np.isinf(travel.km.to_numpy())).all()


@few
@given(links(), st.randoms(use_true_random=False))
def test_the_order_and_direction_of_links_do_not_matter(table: pd.DataFrame, random) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    order = random.sample(range(len(table)), len(table))
    shuffled = table.iloc[order].reset_index(drop=True)
    turned = shuffled.rename(columns={"from": "to", "to": "from"})
    first = travel_between(make_network(link_rows=table), ALL)
    for other in (shuffled, turned):
        second = travel_between(make_network(link_rows=other), ALL)
        np.testing.assert_allclose(first.minutes, second.minutes)
        np.testing.assert_allclose(first.km, second.km)
        pd.testing.assert_frame_equal(first.ferry, second.ferry)


@few
@given(links(), st.floats(0, 1))
def test_a_faster_link_never_raises_minutes(table: pd.DataFrame, factor: float) -> None:
    faster = table.copy()
    faster.loc[0, "minutes"] *= factor
    assert (minutes_of(faster) <= minutes_of(table) + SLACK_MIN).all()


@few
@given(links(), figures)
def test_a_change_in_a_scenario_is_a_change_in_the_table(table: pd.DataFrame, value: float) -> None:
    ends = first_valid(table)
    if ends is None:
        return
    between = [set(pair) == set(ends) for pair in zip(table["from"], table["to"], strict=True)]
    edited = table.copy()
    edited.loc[np.array(between) & table["valid_to"].isna(), "minutes"] = value
    changed = Network(change=[LinkChange(link=ends, minutes=value)])
    np.testing.assert_allclose(minutes_of(table, changed), minutes_of(edited))


@few
@given(links())
def test_closing_never_lowers_minutes_and_spares_what_does_not_use_the_link(
    table: pd.DataFrame,
) -> None:
    ends = first_valid(table)
    if ends is None:
        return
    network = make_network(link_rows=table, on=DAYS[2])
    before = travel_between(network, ALL).minutes
    after = pd.DataFrame(minutes_of(table, Network(close=[ends])), ALL, ALL)
    assert (after >= before - SLACK_MIN).to_numpy().all()
    centres = network.graph["centres"]
    for a in ALL:
        for b in ALL:
            used = [{link.start, link.end} for link in path(network, centres[a], centres[b])]
            if set(ends) not in used and np.isfinite(before.loc[a, b]):
                assert abs(after.loc[a, b] - before.loc[a, b]) < SLACK_MIN


@few
@given(links(), st.sampled_from(DAYS))
def test_links_outside_their_dates_are_as_if_they_were_not_there(
    table: pd.DataFrame, on: dt.date
) -> None:
    day = pd.Timestamp(min(on, dt.date(2100, 1, 1)))
    valid = ~(table["valid_from"] > day) & ~(table["valid_to"] < day)
    whole = make_network(link_rows=table, on=on)
    part = make_network(link_rows=table.loc[valid], on=on)
    np.testing.assert_allclose(
        travel_between(whole, ALL).minutes, travel_between(part, ALL).minutes
    )
    assert crossings(whole) == crossings(part)
