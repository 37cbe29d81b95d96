from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from planner.errors import DataError
from planner.io.bundle import Bundle, seal
from planner.io.tables.municipalities import read_municipalities
from planner.io.tables.offices import (
    read_office_members,
    read_offices,
    read_regional_units,
    today_hosts,
    today_locations,
)
from planner.io.tables.services import (
    read_case_systems,
    read_services,
    read_visits,
    service_catalogues,
    service_names,
    visits_per_month,
)
from tests.support.data import DATA

FLAA, NESBYEN, GOL, HEMSEDAL, AAL, HOL = "3039", "3040", "3041", "3042", "3043", "3044"
HALLINGDAL = [FLAA, NESBYEN, GOL, HEMSEDAL, AAL, HOL]
FAUSKE, BEIARN, SALTDAL, SORFOLD, HAMAROY = "1841", "1839", "1840", "1845", "1875"

DAYS = {"branch_days_per_week": 5.0, "location_days_per_week": 1.0}


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return DATA


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """A copy of the default tables that a test may spoil."""
    folder = tmp_path / "data"
    shutil.copytree(DATA.folder, folder)
    return folder


def replace(folder: Path, table: str, old: str, new: str) -> Bundle:
    path = folder / table
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    seal(folder)
    return Bundle(folder)


def test_hallingdal_staff_is_the_reports_total(bundle: Bundle) -> None:
    members = read_office_members(bundle)
    ids = members.loc[members["code"].isin(HALLINGDAL), "office"].unique()
    offices = read_offices(bundle).loc[ids]
    units = read_regional_units(bundle)
    units = units[units["regional_council"] == "Hallingdal"]
    assert offices["fte"].sum() + units["fte"].sum() == pytest.approx(36.35)
    assert offices["employees"].sum() + units["employees"].sum() == 40
    assert offices["population"].sum() == 20711


def test_every_code_is_a_municipality(bundle: Bundle) -> None:
    known = set(read_municipalities(bundle).index)
    tables = [read_services(bundle), read_visits(bundle), read_office_members(bundle)]
    used = set().union(*(table["code"] for table in tables))
    used |= set(read_offices(bundle)["host"]) | set(read_case_systems(bundle).index)
    assert used <= known


def test_populations_served_are_those_of_the_members(bundle: Bundle) -> None:
    offices = read_offices(bundle)
    members = read_office_members(bundle)
    population = members["code"].map(read_municipalities(bundle)["population"])
    served = population.groupby(members["office"]).sum()
    at_hand = offices[offices["source"].str.contains("1.1.2022", regex=False)]
    assert not at_hand.empty
    assert dict(at_hand["population"]) == dict(served[at_hand.index])


def test_gol_hosts_hemsedal_since_2013(bundle: Bundle) -> None:
    assert today_hosts(bundle, date(2012, 12, 31))[HEMSEDAL] == HEMSEDAL
    assert today_hosts(bundle, date(2013, 1, 1))[HEMSEDAL] == GOL


def test_indre_salten_since_9_november_2020(bundle: Bundle) -> None:
    members = [FAUSKE, BEIARN, SALTDAL, SORFOLD, HAMAROY]
    before, after = (today_hosts(bundle, date(2020, 11, day)) for day in (8, 9))
    assert {before[code] for code in members} == set(members)
    assert {after[code] for code in members} == {FAUSKE}


def test_members_that_joined_later(bundle: Bundle) -> None:
    stjordal, selbu, meraker = "5035", "5032", "5034"
    early = today_hosts(bundle, date(2016, 1, 1))
    assert (early[selbu], early[meraker]) == (selbu, stjordal)
    assert today_hosts(bundle, date(2018, 1, 1))[selbu] == stjordal


@pytest.mark.parametrize("on", [date(2018, 1, 1), date(2022, 1, 1)])
def test_hosts_serve_themselves_and_everyone_has_one(bundle: Bundle, on: date) -> None:
    hosts = today_hosts(bundle, on)
    assert list(hosts) == list(read_municipalities(bundle).index)
    assert all(hosts[host] == host for host in hosts.values())


def test_locations_are_where_hosts_are_not(bundle: Bundle) -> None:
    on = date(2022, 1, 1)
    hosts, locations = today_hosts(bundle, on), today_locations(bundle, on, DAYS)
    assert all(hosts[code] != code for code in locations)
    assert locations[HAMAROY] == locations[SALTDAL] > locations[BEIARN] == locations[SORFOLD] > 0
    assert HAMAROY not in today_locations(bundle, date(2020, 1, 1), DAYS)


def test_uncertain_hosts_are_marked(bundle: Bundle) -> None:
    assumed = read_offices(bundle).query("provenance == 'assumed'")
    assert set(assumed.index) == {"vaernes", "ytre-namdal", "midtre-namdal", "nord-fosen"}
    assert assumed["source"].str.contains("assumed").all()


def test_unknown_office_of_a_member(edited: Path) -> None:
    bundle = replace(edited, "office_members.csv", "hol,3044", "holl,3044")
    with pytest.raises(DataError, match=r"office: got 'holl', expected an office of offices\.csv"):
        read_office_members(bundle)


def test_another_host_among_the_members(edited: Path) -> None:
    bundle = replace(edited, "office_members.csv", "hol,3044,host", "hol,3044,branch")
    with pytest.raises(DataError, match="presence: hol: expected 3044, and no other, as host"):
        read_office_members(bundle)


def test_two_offices_serving_one_municipality(edited: Path) -> None:
    bundle = replace(edited, "offices.csv", ",2020-11-08,", ",2020-11-09,")
    assert today_hosts(bundle, date(2020, 11, 8))[FAUSKE] == FAUSKE
    with pytest.raises(DataError, match="code: 1841 is served by another office on 2020-11-09"):
        today_hosts(bundle, date(2020, 11, 9))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("3041,2013-01-01,,", "3041,2013-01-01,2012-01-01,", "valid_to not before valid_from"),
        (",11.50,,,", ",11.50,6,5,", "municipal_fte and state_fte that add up to fte"),
        (",37.90,,,,,24017,", ",37.90,,,,,,", "the population that published staff served"),
        ("NAV Hol,3044", "NAV Hol,30444", "a municipality code of four digits"),
    ],
)
def test_faulty_offices(edited: Path, old: str, new: str, message: str) -> None:
    bundle = replace(edited, "offices.csv", old, new)
    with pytest.raises(DataError, match=message):
        read_offices(bundle)


def test_minimum_services_are_offered_by_all_and_observed(bundle: Bundle) -> None:
    services = read_services(bundle)
    assert len(service_names(bundle)) == services["service"].nunique()
    minimum = services[services["minimum"]]
    assert service_names(bundle)[:5] == list(minimum["service"].unique())
    assert minimum["offered"].all()
    assert set(minimum["provenance"]) == {"observed"}
    assert set(services.loc[~services["minimum"], "provenance"]) == {"estimated"}


def test_catalogues_keep_what_each_municipality_offers(bundle: Bundle) -> None:
    catalogues = service_catalogues(bundle)
    assert list(catalogues.index) == HALLINGDAL
    assert list(catalogues.columns) == service_names(bundle)
    assert all(pd.api.types.is_bool_dtype(kind) for kind in catalogues.dtypes)
    assert list(catalogues.index[catalogues["Startlån"]]) == [FLAA, NESBYEN]
    offered = read_services(bundle).groupby("code")["offered"].sum()
    assert dict(catalogues.sum(axis="columns")) == dict(offered)


def test_visits_add_up_to_the_reports_totals(bundle: Bundle) -> None:
    by_month = read_visits(bundle).groupby("month")["visits"].sum()
    assert dict(by_month) == {4: 832, 5: 1006, 9: 738, 10: 600}
    assert visits_per_month(bundle).loc[FLAA, "visits_per_month"] == pytest.approx(157 / 4)


def test_case_systems_of_nordland(bundle: Bundle) -> None:
    systems = read_case_systems(bundle)["case_system"]
    nordland = read_municipalities(bundle).query("county == 'Nordland'").index
    assert set(systems.index) <= set(nordland)
    rana, nesna, vefsn = "1833", "1828", "1824"
    assert systems[rana] == systems[vefsn] != systems[nesna]
