from __future__ import annotations

import datetime as dt

import pytest

from planner.errors import ScenarioError
from planner.model.roads.graph import Link, links_of
from planner.model.roads.travel import travel_between
from planner.scenario.vocabulary import LinkChange, LinkClosure, Network, NewLink
from tests.support.small_network import link_table, links, make_network

AGA, BRU, DAL = "0001", "0002", "0003"


def minutes(changes: Network, a: str = AGA, b: str = BRU) -> float:
    return float(travel_between(make_network(changes=changes), [a, b]).minutes.loc[a, b])


def faults(changes: Network, on: dt.date = dt.date(2020, 1, 1)) -> list[str]:
    with pytest.raises(ScenarioError) as error:
        make_network(changes=changes, on=on)
    return [str(fault) for fault in error.value.faults]


def joining(changes: Network, a: str, b: str) -> list[Link]:
    network = make_network(changes=changes)
    return [link for link in links_of(network) if {link.start, link.end} == {a, b}]


def test_new_figures_replace_only_what_is_given() -> None:
    (link,) = joining(Network(change=[LinkChange(link=["Bru", "Aga"], minutes=12)]), "aga", "bru")
    assert (link.minutes, link.km, link.wait_minutes) == (12, 9, 0)
    assert (link.provenance, link.road) == ("scenario", "E1")
    (ferry,) = joining(
        Network(change=[LinkChange(link=["Kaien ferjekai", "Dal"], km=3, wait_minutes=5)]),
        "kai",
        "dal",
    )
    assert (ferry.minutes, ferry.km, ferry.wait_minutes, ferry.mode) == (15, 3, 5, "ferry")


def test_a_change_is_of_all_parallel_links() -> None:
    rows = link_table(
        {"from": "aga", "to": "bru", "km": 9.0, "minutes": 8.0, "road": "E1"},
        {"from": "bru", "to": "aga", "km": 18.0, "minutes": 20.0, "road": "Fv1"},
    )
    change = Network(change=[LinkChange(link=["Aga", "Bru"], minutes=40)])
    travel = travel_between(make_network(link_rows=rows, changes=change), [AGA, BRU])
    assert travel.minutes.loc[AGA, BRU] == 40


def test_closing_names_all_parallel_links_or_one_road() -> None:
    rows = link_table(
        {"from": "aga", "to": "bru", "km": 9.0, "minutes": 8.0, "road": "E1"},
        {"from": "bru", "to": "aga", "km": 18.0, "minutes": 20.0, "road": "Fv1"},
        {"from": "aga", "to": "dal", "km": 30.0, "minutes": 30.0},
        {"from": "dal", "to": "bru", "km": 30.0, "minutes": 30.0},
    )
    for closure, expected in (
        (["Aga", "Bru"], 60),
        (LinkClosure(link=["Aga", "Bru"]), 60),
        (LinkClosure(link=["Bru", "Aga"], road="E1"), 20),
        (LinkClosure(link=["Aga", "Bru"], road="fv1"), 8),
    ):
        network = make_network(link_rows=rows, changes=Network(close=[closure]))
        assert travel_between(network, [AGA, BRU]).minutes.loc[AGA, BRU] == expected


def test_an_opened_link_counts_its_waiting_by_the_share() -> None:
    opened = Network(open=[NewLink(link=["Aga", "Dal"], minutes=10, km=8, wait_minutes=6)])
    network = make_network(changes=opened, ferry_wait_share=0.5)
    assert travel_between(network, [AGA, DAL]).minutes.loc[AGA, DAL] == 13
    assert minutes(opened, AGA, DAL) == 16


def test_opening_beside_a_closed_link_keeps_the_new_one() -> None:
    changes = Network(
        close=[["Aga", "Bru"]], open=[NewLink(link=["Aga", "Bru"], minutes=11, km=10)]
    )
    assert minutes(changes) == 11


def test_places_go_by_id_name_short_name_and_municipality() -> None:
    for name in ("kryss", "Krysset (E1 x fv2)", "krysset"):
        (link,) = joining(
            Network(change=[LinkChange(link=[name, "Aga"], minutes=1)]), "kryss", "aga"
        )
        assert link.minutes == 1
    (link,) = joining(Network(change=[LinkChange(link=["Dal", "Eid"], minutes=1)]), "dal", "0004")
    assert link.minutes == 1


def test_every_fault_is_told_at_once() -> None:
    changes = Network(
        change=[LinkChange(link=["Agaa", "Bru"], minutes=1)],
        close=[["Aga", "Dal"], LinkClosure(link=["Aga", "Bru"], road="E6")],
        open=[NewLink(link=["Bru", "bru"], minutes=1, km=1)],
    )
    unknown, no_link, other_road, loop = faults(changes)
    assert unknown == (
        "scenario  network.change.0: no place or municipality is called 'Agaa'. Expected a name "
        "of places.csv or of a municipality. Did you mean 'Aga'?"
    )
    assert no_link == (
        "scenario  network.close.0: no single link joins Aga and Dal. Expected the two ends of "
        "one link. The way between them is Aga – Krysset (E1 x fv2) – Kaien ferjekai – Dal: "
        "name one of its links."
    )
    assert other_road == (
        "scenario  network.close.1: the link between Aga and Bru is not E6. Expected E1."
    )
    assert loop == (
        "scenario  network.open.0: both ends are Bru (sentrum). A link joins two different "
        "places, and a municipality stands for its centre."
    )


def test_a_longer_name_is_suggested() -> None:
    (message,) = faults(Network(close=[["Kaien", "Dal"]]))
    assert message.endswith("Did you mean 'Kaien ferjekai'?")


def test_a_link_of_another_date_says_so() -> None:
    table = links()
    old = table.loc[table["valid_to"].notna() | (table["from"] != "bru")]
    with pytest.raises(
        ScenarioError, match=r"not there on 2020-01-01. Expected a date to 2018-12-31"
    ):
        make_network(changes=Network(close=[["Aga", "Bru"]]), link_rows=old)
    with pytest.raises(ScenarioError, match=r"not there today"):
        make_network(changes=Network(close=[["Aga", "Bru"]]), link_rows=old, on=dt.date.max)


def test_changing_a_link_twice_is_a_contradiction() -> None:
    change = [
        LinkChange(link=["Aga", "Bru"], minutes=1),
        LinkChange(link=["Bru", "Aga"], minutes=2),
    ]
    (message,) = faults(Network(change=change))
    assert message.startswith("scenario  network.change.1: the link is changed twice.")
