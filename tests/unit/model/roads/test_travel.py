from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from planner.errors import LabelMismatchError
from planner.model.roads.travel import travel_between
from planner.scenario.network_keys import LinkClosure, Network, NewLink
from tests.support.small_network import TODAY, link_table, make_network

BEFORE_THE_BRIDGE = dt.date(2018, 6, 1)
AGA, BRU, DAL, EID = "0001", "0002", "0003", "0004"


def test_fastest_ways_by_hand() -> None:
    travel = travel_between(make_network(), [AGA, BRU, DAL])
    # Aga-Bru over the bridge; Aga-Dal and Bru-Dal over the junction and the ferry, with waiting
    expected = [[0, 8, 49], [8, 0, 45], [49, 45, 0]]
    np.testing.assert_allclose(travel.minutes.to_numpy(), expected)
    np.testing.assert_allclose(travel.km.to_numpy(), [[0, 9, 21], [9, 0, 17], [21, 17, 0]])
    assert travel.ferry.to_numpy().tolist() == [
        [False, False, True],
        [False, False, True],
        [True, True, False],
    ]


def test_labels_follow_the_order_asked_for() -> None:
    network = make_network()
    travel = travel_between(network, [DAL, AGA])
    assert list(travel.minutes.index) == list(travel.minutes.columns) == [DAL, AGA]
    assert travel.minutes.loc[DAL, AGA] == 49
    whole = travel_between(network, [AGA, BRU, DAL, EID])
    pd.testing.assert_frame_equal(travel.minutes, whole.among([DAL, AGA]).minutes)


def test_the_fastest_parallel_link_counts() -> None:
    slow = {"from": "aga", "to": "bru", "km": 5.0, "minutes": 50.0}
    fast = {"from": "bru", "to": "aga", "km": 30.0, "minutes": 20.0}
    for rows in ([slow, fast], [fast, slow]):
        travel = travel_between(make_network(link_rows=link_table(*rows)), [AGA, BRU])
        assert (travel.minutes.loc[AGA, BRU], travel.km.loc[AGA, BRU]) == (20, 30)


def test_of_equally_fast_ways_the_shorter_is_taken() -> None:
    rows = link_table(
        {"from": "aga", "to": "bru", "km": 30.0, "minutes": 16.0},
        {"from": "aga", "to": "kryss", "km": 12.0, "minutes": 10.0},
        {"from": "kryss", "to": "bru", "km": 8.0, "minutes": 6.0},
    )
    travel = travel_between(make_network(link_rows=rows), [AGA, BRU])
    assert (travel.minutes.loc[AGA, BRU], travel.km.loc[AGA, BRU]) == (16, 20)


def test_unreachable_is_infinite_and_says_nothing_else() -> None:
    network = make_network(changes=Network(close=[["Kaien ferjekai", "Dal"], ["Dal", "Eid"]]))
    travel = travel_between(network, [AGA, BRU, DAL, EID])
    for code in (DAL, EID):
        away = [other for other in (AGA, BRU, DAL, EID) if other != code]
        assert np.isinf(travel.minutes.loc[code, away].to_numpy(dtype=float)).all()
        assert np.isinf(travel.km.loc[away, code].to_numpy(dtype=float)).all()
        assert travel.minutes.loc[code, code] == travel.km.loc[code, code] == 0
    assert not travel.ferry.to_numpy().any()


def test_roads_of_a_season_are_open_in_that_season_only() -> None:
    for season, minutes, ferry in ((None, 119, True), ("summer", 30, False)):
        travel = travel_between(make_network(changes=Network(season=season)), [AGA, EID])
        assert (travel.minutes.loc[AGA, EID], travel.ferry.loc[AGA, EID]) == (minutes, ferry)


def test_waiting_counts_by_its_share() -> None:
    for share, minutes in ((1.0, 49), (0.5, 39), (0.0, 29)):
        travel = travel_between(make_network(wait_share=share), [AGA, DAL])
        assert travel.minutes.loc[AGA, DAL] == pytest.approx(minutes)


def test_an_express_boat_is_no_dry_way() -> None:
    boat = NewLink(link=["Aga", "Dal"], minutes=5, km=9, mode="express_boat")
    travel = travel_between(make_network(changes=Network(open=[boat])), [AGA, DAL])
    assert travel.ferry.loc[AGA, DAL]
    assert travel.minutes.loc[AGA, DAL] == 5


def test_a_link_without_length_or_time_is_a_link() -> None:
    quay = NewLink(link=["Aga", "Dal"], minutes=0, km=0)
    travel = travel_between(make_network(changes=Network(open=[quay])), [AGA, DAL, BRU])
    assert travel.minutes.loc[AGA, DAL] == 0
    assert travel.minutes.loc[DAL, BRU] == 8


def test_dates_choose_the_links() -> None:
    for on, minutes, km in ((BEFORE_THE_BRIDGE, 16, 20), (TODAY, 8, 9)):
        travel = travel_between(make_network(on=on), [AGA, BRU])
        assert (travel.minutes.loc[AGA, BRU], travel.km.loc[AGA, BRU]) == (minutes, km)


def test_closing_one_road_leaves_the_way_round() -> None:
    closed = Network(close=[LinkClosure(link=["Aga", "Bru"], road="E1")])
    travel = travel_between(make_network(changes=closed), [AGA, BRU])
    assert travel.minutes.loc[AGA, BRU] == 16


@pytest.mark.parametrize("codes", [[AGA, "9999"], [AGA, AGA]])
def test_strange_and_repeated_codes_are_refused(codes: list[str]) -> None:
    with pytest.raises(LabelMismatchError, match=r"9999|a code"):
        travel_between(make_network(), codes)
