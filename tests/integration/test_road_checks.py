"""The shipped network against public distances, and what planners rely on."""

from __future__ import annotations

import datetime as dt
from functools import cache

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from planner.io.gazetteer import Gazetteer
from planner.io.tables.assumptions import load_assumptions
from planner.io.tables.borders import read_borders
from planner.io.tables.municipalities import read_municipalities
from planner.io.tables.roads import read_checks, read_roads
from planner.model.country import load_network
from planner.model.instance import Travel
from planner.model.roads.changes import with_changes
from planner.model.roads.checks import check_network
from planner.model.roads.graph import crossings, path
from planner.model.roads.travel import travel_between
from planner.scenario.load import resolve
from planner.scenario.vocabulary import LinkClosure, Network, NewLink, Scenario
from tests.support.data import DATA

BUNDLE = DATA
NOW = dt.date.max


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
    before = load_network(BUNDLE, on, tables()[4])
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


def test_half_of_the_independent_figures_are_within_5_percent(measured: pd.DataFrame) -> None:
    independent = measured.loc[measured["kind"] == "independent"]
    deviations = independent["deviation_share"].abs()
    assert len(independent) >= 40
    assert deviations.median() < 0.05
    lengths = independent["metric"].isin(["km", "road_km"])
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


def test_every_municipality_is_reachable() -> None:
    assert np.isfinite(travel().minutes.to_numpy()).all()
    assert np.isfinite(travel(dt.date(2018, 1, 1)).minutes.to_numpy()).all()


def test_the_regions_of_the_shipped_scenarios_use_no_estimated_link() -> None:
    gazetteer = tables()[3]
    for region in (
        gazetteer.counties["Nordland"],
        gazetteer.counties["Agder"],
        gazetteer.councils["Hallingdal"],
    ):
        for on in (dt.date(2018, 1, 1), NOW):
            inside = travel(on).among(sorted(region))
            assert not inside.estimated.to_numpy().any()


def test_an_island_link_leaves_the_mainlands_estimates_in_place() -> None:
    assert minutes(travel(), "Askøy", "Bergen") < 30
    assert not travel().estimated.loc[code("Askøy"), code("Bergen")]
    (way,) = path(network(), "bergen", "osoyro")
    assert way.from_distance


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
def test_curated_regions_are_joined_to_their_neighbours(a: str, b: str) -> None:
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
    assert pair not in crossings(network(changes=Network(close=[["Askøy", "Bergen"]])))
    ferry = NewLink(link=["Røst", "Bodø"], minutes=1, km=1, mode="ferry")
    assert (code("Bodø"), code("Røst")) in crossings(network(changes=Network(open=[ferry])))


def test_travel_of_the_whole_country_is_symmetric_and_consistent() -> None:
    table = travel()
    assert table.minutes.equals(table.minutes.T)
    assert table.km.equals(table.km.T)
    limits = tables()[4]["estimated_speed_kmh"]
    speeds = (table.km / table.minutes * 60).to_numpy()
    assert np.nanmax(speeds) < 95
    assert limits == 55
