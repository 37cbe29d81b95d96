from __future__ import annotations

from planner.model.roads.changes import with_changes
from planner.model.roads.graph import Link, links_of
from planner.model.roads.travel import travel_between
from planner.scenario.network_keys import LinkChange, LinkClosure, Network, NewLink
from tests.support.small_network import link_table, make_network, planned

AGA, BRU, DAL = "0001", "0002", "0003"
FERRY = {"kai", "dal"}


def minutes(changes: Network, a: str = AGA, b: str = BRU) -> float:
    return float(travel_between(make_network(changes=changes), [a, b]).minutes.loc[a, b])


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
    network = make_network(changes=opened, wait_share=0.5)
    assert travel_between(network, [AGA, DAL]).minutes.loc[AGA, DAL] == 13
    assert minutes(opened, AGA, DAL) == 16


def test_a_changed_link_counts_its_new_waiting_by_the_share() -> None:
    change = LinkChange(link=["Kaien ferjekai", "Dal"], wait_minutes=5)
    network = make_network(changes=Network(change=[change]), wait_share=0.5)
    waits = [link.wait_minutes for link in links_of(network) if {link.start, link.end} == FERRY]
    assert waits == [2.5]


def test_opening_beside_a_closed_link_keeps_the_new_one() -> None:
    changes = Network(
        close=[["Aga", "Bru"]], open=[NewLink(link=["Aga", "Bru"], minutes=11, km=10)]
    )
    assert minutes(changes) == 11


def test_the_network_before_stays_as_it_was() -> None:
    before = make_network()
    count = before.number_of_edges()
    after = with_changes(before, planned(Network(close=[["Aga", "Bru"]])), wait_share=1.0)
    assert (before.number_of_edges(), after.number_of_edges()) == (count, count - 1)
