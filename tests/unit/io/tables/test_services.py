"""Opening hours, purchases and the provenance of catalogues, where published."""

import pandas as pd
import pytest

from planner.io.tables.functions import read_functions
from planner.io.tables.municipalities import read_municipalities
from planner.io.tables.services import (
    catalogue_provenance,
    read_bought_services,
    read_case_systems,
    read_opening_hours,
    read_services,
    read_visits,
    service_catalogues,
    service_names,
    visits_per_month,
)
from tests.support.data import DATA

ALSTAHAUG, RANA, NESNA, LUROY = "1820", "1833", "1828", "1834"


def test_opening_hours_are_known_in_words_for_three() -> None:
    hours = read_opening_hours(DATA)["opening_hours"]
    assert set(hours.index) == {RANA, NESNA, LUROY}
    assert hours[RANA] == "2 timer to dager i uka"


def test_one_purchase_is_known_and_its_function_too() -> None:
    bundle = DATA
    bought = read_bought_services(bundle)
    assert bought == {(ALSTAHAUG, "debt_counselling")}
    assert {function for _, function in bought} <= set(read_functions(bundle))


def test_catalogues_are_no_better_than_their_weakest_row() -> None:
    bundle = DATA
    provenance = catalogue_provenance(bundle)
    assert set(provenance) == set(service_catalogues(bundle).index)
    assert set(provenance.values()) == {"estimated"}  # rows beyond the minimum solution


def test_minimum_services_are_offered_by_all_and_observed() -> None:
    bundle = DATA
    services = read_services(bundle)
    assert len(service_names(bundle)) == services["service"].nunique()
    minimum = services[services["minimum"]]
    assert service_names(bundle)[:5] == list(minimum["service"].unique())
    assert minimum["offered"].all()
    assert set(minimum["provenance"]) == {"observed"}
    assert set(services.loc[~services["minimum"], "provenance"]) == {"estimated"}


def test_catalogues_keep_what_each_municipality_offers() -> None:
    bundle = DATA
    catalogues = service_catalogues(bundle)
    assert list(catalogues.index) == ["3039", "3040", "3041", "3042", "3043", "3044"]
    assert list(catalogues.columns) == service_names(bundle)
    assert all(pd.api.types.is_bool_dtype(kind) for kind in catalogues.dtypes)
    assert list(catalogues.index[catalogues["Startlån"]]) == ["3039", "3040"]
    offered = read_services(bundle).groupby("code")["offered"].sum()
    assert dict(catalogues.sum(axis="columns")) == dict(offered)


def test_visits_add_up_to_the_reports_totals() -> None:
    bundle = DATA
    by_month = read_visits(bundle).groupby("month")["visits"].sum()
    assert dict(by_month) == {4: 832, 5: 1006, 9: 738, 10: 600}
    assert visits_per_month(bundle).loc["3039", "visits_per_month"] == pytest.approx(157 / 4)


def test_case_systems_of_nordland() -> None:
    bundle = DATA
    systems = read_case_systems(bundle)["case_system"]
    nordland = read_municipalities(bundle).query("county == 'Nordland'").index
    assert set(systems.index) <= set(nordland)
    rana, nesna, vefsn = "1833", "1828", "1824"
    assert systems[rana] == systems[vefsn] != systems[nesna]
