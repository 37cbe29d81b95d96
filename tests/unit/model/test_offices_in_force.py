"""The offices in force on a date."""

from datetime import date

import pytest

from planner.model.offices_in_force import offices_in_force
from planner.model.plan import Plan
from tests.support.data import DATA

FLAA, NESBYEN, GOL, HEMSEDAL, AAL, HOL = "3039", "3040", "3041", "3042", "3043", "3044"
HALLINGDAL = [FLAA, NESBYEN, GOL, HEMSEDAL, AAL, HOL]
NARVIK, EVENES, GRATANGEN, TRAENA = "1806", "1853", "5414", "1835"
DAYS = {"branch_days_per_week": 5.0, "location_days_per_week": 1.0}
NOW = date(2026, 11, 30)


def in_force(on: date) -> Plan:
    return offices_in_force(DATA, on, DAYS)


def test_hallingdal_shares_one_office_with_six_points() -> None:
    plan = in_force(NOW).restricted_to(HALLINGDAL)
    assert plan.groups == {GOL: tuple(HALLINGDAL)}
    labels = {point.label for point in plan.points}
    assert labels == {"Flå", "Nesbyen", "Gol", "Hemsedal", "Ål", "Geilo"}
    assert {point.unit for point in plan.points} == {"0617"}
    assert plan.form == "today"


def test_hallingdal_had_five_offices() -> None:
    plan = in_force(date(2018, 1, 1)).restricted_to(HALLINGDAL)
    assert plan.hosts == (FLAA, NESBYEN, GOL, AAL, HOL)
    assert plan.groups[GOL] == (GOL, HEMSEDAL)
    assert plan.points == ()
    assert plan.locations == {HEMSEDAL: 1.0}


def test_narvik_evenes_and_gratangen_together() -> None:
    assert in_force(NOW).groups[NARVIK] == (NARVIK, EVENES, GRATANGEN)


def test_the_country_has_243_units_in_220_municipalities() -> None:
    plan = in_force(NOW)
    assert len({point.unit for point in plan.points}) == 243
    assert set(plan.hosts) - {point.code for point in plan.points} == {TRAENA}
    oslo = {point.unit for point in plan.points if point.code == "0301"}
    assert len(oslo) == 15
    assert plan.groups["0301"] == ("0301",)


def test_days_are_those_listed_for_a_members_most_open_point() -> None:
    plan = in_force(NOW)
    for code, days in plan.locations.items():
        assert plan.host_of[code] != code
        assert days == max(point.days_open for point in plan.points if point.code == code)


def test_days_of_a_kind_of_presence_where_none_are_listed() -> None:
    longer = offices_in_force(DATA, date(2018, 1, 1), {**DAYS, "location_days_per_week": 2.0})
    assert longer.locations[HEMSEDAL] == 2.0


def test_an_office_that_no_list_has_counts_no_days() -> None:
    plan = in_force(NOW)
    assert {code for code, doubt in plan.doubts.items() if doubt == "unlisted"} == {TRAENA}
    assert plan.presence_days(TRAENA) == 0.0
    assert plan.presence_days(GOL) == 5.0


@pytest.mark.parametrize(("on", "is_unsure"), [(date(2018, 1, 1), False), (date(2019, 6, 1), True)])
def test_a_date_between_two_lists_is_told(on: date, is_unsure: bool) -> None:
    """Hallingdal was apart in December 2017 and together in the list of 2021-23."""
    doubts = in_force(on).restricted_to(HALLINGDAL).doubts
    assert (doubts == dict.fromkeys(HALLINGDAL, "window")) == is_unsure
