"""The shipped network against public distances, and what planners rely on."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from functools import cache
from itertools import pairwise

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from planner.io.gazetteer import Gazetteer
from planner.io.tables.assumptions import load_assumptions
from planner.io.tables.land import read_borders
from planner.io.tables.municipalities import read_municipalities
from planner.io.tables.roads import read_checks, read_road_ratios, read_roads
from planner.model.country import load_network
from planner.model.instance import Travel
from planner.model.roads.changes import with_changes
from planner.model.roads.checks import LENGTHS, check_network
from planner.model.roads.graph import FastestLinks, crossings, path
from planner.model.roads.network import great_circle_km
from planner.model.roads.travel import travel_between
from planner.scenario.load import resolve
from planner.scenario.network_keys import LinkClosure, Network, NewLink
from planner.scenario.vocabulary import Scenario
from tests.support.data import DATA

BUNDLE = DATA
NOW = dt.date.max
IN_2018 = dt.date(2018, 1, 1)
#: Length over straight line that needs no explanation.
PLAIN_RATIOS = (1.03, 2.2)
#: Links that carry much, with neither a source nor a published length over them (docs/travel.md).
UNHELD = [
    ("feda", "flekkefjord"),
    ("lyngdal", "feda"),
    ("alta", "gievdneguoika"),
    ("karasjok", "gievdneguoika"),
    ("ekrene", "aksdal"),
    ("roa", "jevnaker"),
]


@cache
def tables() -> tuple[object, ...]:
    values = {name: entry.default for name, entry in load_assumptions(BUNDLE).items()}
    return (
        read_roads(BUNDLE),
        read_municipalities(BUNDLE),
        read_borders(BUNDLE),
        Gazetteer.from_bundle(BUNDLE),
        values,
    )


def network(on: dt.date = NOW, changes: Network | None = None) -> nx.MultiGraph[str]:
    before = load_network(BUNDLE, on, tables()[4], (changes or Network()).season)
    asked = Scenario(
        schema=1,
        title="x",
        region={"county": "Nordland"},
        date=None if on == NOW else on,
        network=changes or Network(),
    )
    found = resolve(asked, BUNDLE).circumstances.changes
    return with_changes(before, found, wait_share=tables()[4]["ferry_wait_share"])


def codes() -> list[str]:
    return list(tables()[1].index)


def code(name: str) -> str:
    return tables()[3].resolve(name)


@cache
def travel_on(on: dt.date) -> Travel:
    return travel_between(network(on), codes())


def travel(on: dt.date = NOW, changes: Network | None = None) -> Travel:
    return travel_on(on) if changes is None else travel_between(network(on, changes), codes())


def minutes(table: Travel, a: str, b: str) -> float:
    return float(table.minutes.loc[code(a), code(b)])


@pytest.fixture(scope="module")
def measured() -> pd.DataFrame:
    return check_network(read_checks(BUNDLE), network)


def test_half_of_the_independent_figures_are_within_4_percent(measured: pd.DataFrame) -> None:
    independent = measured.loc[measured["kind"] == "independent"]
    deviations = independent["deviation_share"].abs()
    assert len(independent) >= 200
    lengths = independent["metric"].isin(LENGTHS)
    assert deviations[lengths].median() < 0.04
    assert deviations[~lengths].median() < 0.10  # minutes are own estimates on nearly all roads


def test_no_figure_is_15_percent_off_without_a_stated_reason(measured: pd.DataFrame) -> None:
    far = measured["deviation_share"].abs() > 0.15 - 1e-9
    assert measured.loc[far & measured["reason"].isna(), ["origin", "destination"]].empty
    assert not measured.loc[~far, "reason"].notna().any()  # no reason outlives its deviation


def test_figures_that_set_links_are_met(measured: pd.DataFrame) -> None:
    calibration = measured.loc[measured["kind"] == "calibration", "deviation_share"].abs()
    assert calibration.median() < 0.005
    assert calibration.max() < 0.13


def test_hol_to_flaa_is_102_km() -> None:
    # [H]: NAV Hol to NAV Flå; whether NAV Hol is meant to be in Hol or in Geilo is not known
    assert travel().km.loc[code("Hol"), code("Flå")] == pytest.approx(102, rel=0.05)
    geilo = sum(link.km for link in path(network(), "geilo", "fla"))
    assert geilo == pytest.approx(102, rel=0.05)


@pytest.mark.parametrize(
    ("a", "b", "before", "after", "saved"),
    [
        # public statements of what a new road saved: least and most minutes, with a margin of 2
        ("orgenvika", "sokna", dt.date(2013, 6, 1), dt.date(2018, 1, 1), (20, 20)),  # bfk.no 2014
        ("narvik", "bjerkvik", dt.date(2018, 1, 1), dt.date(2019, 1, 1), (15, 20)),  # NRK 2018
        ("kristiansand", "mandal", dt.date(2020, 1, 1), NOW, (20, 20)),  # avisenagder.no 2022
    ],
)
def test_new_roads_save_what_was_published(
    a: str, b: str, before: dt.date, after: dt.date, saved: tuple[int, int]
) -> None:
    old, new = (sum(link.minutes for link in path(network(on), a, b)) for on in (before, after))
    assert saved[0] - 2 <= old - new <= saved[1] + 2


@pytest.mark.parametrize("year", [2012, 2015, 2018, 2021, 2026])
def test_every_municipality_is_reachable(year: int) -> None:
    assert np.isfinite(travel(dt.date(year, 1, 1)).minutes.to_numpy()).all()


def ratios(on: dt.date) -> pd.Series:
    """Length of the fastest way over the straight line, of all neighbours by their codes."""
    there, km, centres = network(on), travel(on).km, network(on).graph["centres"]
    borders = tables()[2]
    neighbours = borders.loc[borders["border_m"] > tables()[4]["contiguity_least_border_m"]]

    def ratio(a: str, b: str) -> float:
        ends = (there.nodes[centres[code]] for code in (a, b))
        return km.loc[a, b] / great_circle_km(*((end["lon"], end["lat"]) for end in ends))

    pairs = list(zip(neighbours["code_a"], neighbours["code_b"], strict=True))
    return pd.Series({pair: ratio(*pair) for pair in pairs})


def test_every_odd_way_between_neighbours_has_its_reason() -> None:
    found = ratios(NOW)
    assert len(found) == 736
    odd = set(found.index[~found.between(*PLAIN_RATIOS)])
    listed = read_road_ratios(BUNDLE)
    assert odd == set(zip(listed["code_a"], listed["code_b"], strict=True))


def test_in_2018_few_more_ways_were_odd() -> None:
    before, now = (set(r.index[~r.between(*PLAIN_RATIOS)]) for r in map(ratios, (IN_2018, NOW)))
    # Rombaken stood between Narvik and the north until the bridge opened in December 2018
    assert before - now == {(code("Narvik"), code("Tjeldsund"))}


def test_what_carries_much_traffic_has_a_source_or_lies_on_a_published_length() -> None:
    """A link that more than 3 % of all fastest ways cross is no mere estimate of its own.

    It has a source, or it lies on a way whose published length the network meets within 5 %;
    `UNHELD` are those for which none was found.
    """
    there = FastestLinks.of(network())
    carried = crossed_share(there)
    heavy = {
        frozenset((link.start, link.end))
        for link in there.links.values()
        if carried[frozenset((link.start, link.end))] > 0.03 and link.source == "own estimate"
    }
    checks = check_network(read_checks(BUNDLE), network)
    met = checks["metric"].isin(LENGTHS) & (checks["deviation_share"].abs() <= 0.05)
    held = set()
    for row in checks.loc[met].to_dict("records"):
        stops = [] if pd.isna(row["via"]) else row["via"].split(",")
        for a, b in pairwise([row["origin"], *stops, row["destination"]]):
            held |= {frozenset((link.start, link.end)) for link in there.way(a, b)}
    assert heavy - held == set(map(frozenset, UNHELD))


def crossed_share(there: FastestLinks) -> dict[frozenset[str], float]:
    """Share of the ways between all municipalities that cross each link."""
    position = {node: index for index, node in enumerate(there.nodes)}
    centres = [position[node] for node in tables()[0].centres.values()]
    before = there.search(centres)
    crossed: dict[frozenset[str], float] = defaultdict(float)
    for row in before:
        for end in centres:
            node = end
            while row[node] >= 0:
                crossed[frozenset((there.nodes[node], there.nodes[row[node]]))] += 1
                node = row[node]
    ways = len(centres) * (len(centres) - 1)
    return defaultdict(float, {link: count / ways for link, count in crossed.items()})


@pytest.mark.parametrize(
    ("a", "b", "saved_km"),
    [("Lom", "Luster", 100), ("Sirdal", "Valle", 70), ("Vågå", "Øystre Slidre", 20)],
)
def test_summer_roads_shorten_the_way_in_summer_only(a: str, b: str, saved_km: float) -> None:
    winter, summer = travel(), travel(changes=Network(season="summer"))
    assert (summer.minutes <= winter.minutes + 1e-9).to_numpy().all()
    assert winter.km.loc[code(a), code(b)] - summer.km.loc[code(a), code(b)] > saved_km


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Grong", "Snåsa"),
        ("Bardu", "Målselv"),
        ("Risør", "Kragerø"),
        ("Kvinesdal", "Lund"),
        ("Vågan", "Tromsø"),
        ("Gol", "Oslo"),
    ],
)
def test_neighbouring_regions_are_joined(a: str, b: str) -> None:
    table = travel()
    km = table.km.loc[code(a), code(b)]
    assert np.isfinite(km)
    assert 30 < km / minutes(table, a, b) * 60 < 80


def test_closing_the_haalogaland_bridge_lengthens_only_what_uses_it() -> None:
    for closure in (["Narvik", "Bjerkvik"], LinkClosure(link=["Bjerkvik", "Narvik"], road="E6")):
        closed = travel(changes=Network(close=[closure]))
        longer = (closed.minutes - travel().minutes).round(6)
        assert (
            15
            <= minutes(closed, "Narvik", "Gratangen") - minutes(travel(), "Narvik", "Gratangen")
            <= 20
        )
        assert (longer >= 0).to_numpy().all()
        untouched = [("Bodø", "Fauske"), ("Gol", "Hol"), ("Evenes", "Harstad"), ("Oslo", "Bergen")]
        assert all(longer.loc[code(a), code(b)] == 0 for a, b in untouched)
    bridge = {"narvik", "bjerkvik"}
    today = network()
    centres = today.graph["centres"]
    nearby = [
        code(name)
        for name in ("Narvik", "Evenes", "Gratangen", "Bardu", "Lødingen", "Hamarøy", "Harstad")
    ]
    for a in nearby:
        for b in nearby:
            way = path(today, centres[a], centres[b])
            uses = any({link.start, link.end} == bridge for link in way)
            assert (longer.loc[a, b] > 0) == uses


def test_before_the_bridge_the_road_went_round_the_fjord() -> None:
    before = travel(dt.date(2018, 1, 1))
    assert minutes(before, "Narvik", "Gratangen") - minutes(travel(), "Narvik", "Gratangen") == 18


@pytest.mark.parametrize(
    ("a", "b"),
    [("Kristiansand", "Mandal"), ("Lillesand", "Grimstad"), ("Lillesand", "Kristiansand"),
     ("Tvedestrand", "Arendal"), ("Fiane", "Arendal"), ("Mosjøen", "Drevjakrysset")],
)  # fmt: skip
def test_replaced_roads_are_still_there_and_slower(a: str, b: str) -> None:
    where = network()
    closed = network(changes=Network(close=[[a, b]]))
    ends = [
        node
        for name in (a, b)
        for node, data in where.nodes(data=True)
        if data["name"].startswith(name)
    ]
    now, round_about = (sum(link.total_minutes for link in path(g, *ends)) for g in (where, closed))
    assert 0 < round_about - now < 40


def test_a_bridge_makes_municipalities_neighbours_until_it_is_closed() -> None:
    pair = tuple(sorted((code("Askøy"), code("Bergen"))))
    assert pair in crossings(network())
    assert pair not in crossings(network(changes=Network(close=[["Askøy", "Storavatnet"]])))
    ferry = NewLink(link=["Røst", "Bodø"], minutes=1, km=1, mode="ferry")
    assert (code("Bodø"), code("Røst")) in crossings(network(changes=Network(open=[ferry])))


def test_travel_of_the_whole_country_is_symmetric_and_consistent() -> None:
    table = travel()
    assert table.minutes.equals(table.minutes.T)
    assert table.km.equals(table.km.T)
    speeds = (table.km / table.minutes * 60).to_numpy()
    assert np.nanmax(speeds) < 105
