"""Services, visits and functions."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.errors import DataError
from planner.io.bundle import COLUMNS, Bundle, seal, write_register
from planner.io.tables.municipalities import read_municipalities
from planner.io.tables.services import (
    catalogue_provenance,
    read_bought_services,
    read_case_systems,
    read_functions,
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


GOOD = """\
debt:
  name: gjeldsrådgivning
  employer: municipal
  need_per_10000_fte: 0.75
  need_per_office_fte: 0.1
  least_team: 2
  least_post_share: 0.5
  least_present: 1
  follows_users: true
  decides_cases: false
  provenance: assumed
  source: chosen
"""


def bundle(folder: Path, text: str) -> Bundle:
    (folder / "functions.yaml").write_text(text, encoding="utf-8")
    values = dict.fromkeys(COLUMNS, "x") | {"id": "functions", "table": "functions.yaml"}
    write_register(folder / "sources.csv", [values | {"provenance": "assumed", "sha256": ""}])
    seal(folder)
    return Bundle(folder)


def faults(folder: Path, text: str) -> str:
    with pytest.raises(DataError) as caught:
        read_functions(bundle(folder, text))
    return str(caught.value).replace(f"{folder}/", "")


def test_a_function_is_read(tmp_path: Path) -> None:
    debt = read_functions(bundle(tmp_path, GOOD))["debt"]
    assert (debt.name, debt.employer, debt.least_team) == ("gjeldsrådgivning", "municipal", 2)
    assert debt.follows_users
    assert not debt.decides_cases


def test_advisers_who_decide_or_are_bound_to_an_office_are_not_pooled(tmp_path: Path) -> None:
    debt = read_functions(bundle(tmp_path, GOOD))["debt"]
    assert not debt.may_be_pooled  # 0.1 FTE in each office
    free = debt.model_copy(update={"need_per_office_fte": 0.0})
    assert free.may_be_pooled
    assert not free.model_copy(update={"decides_cases": True}).may_be_pooled
    assert not free.model_copy(update={"need_per_presence_day_fte": 0.1}).may_be_pooled


def test_need_grows_with_inhabitants_offices_and_presence_days(tmp_path: Path) -> None:
    text = GOOD.replace("0.75", "0.75\n  need_per_presence_day_fte: 0.2")
    debt = read_functions(bundle(tmp_path, text))["debt"]
    need = debt.need_fte(np.array([0.0, 20_000.0]), np.array([5.0, 7.0]))
    np.testing.assert_allclose(need, [0.1 + 1.0, 1.5 + 0.1 + 1.4])


def test_the_shipped_functions_are_those_that_planners_ask_about() -> None:
    functions = read_functions(DATA)
    assert {
        "leader",
        "youth_team",
        "social_assistance",
        "debt_counselling",
        "qualification_programme",
        "housing",
        "refugees",
        "job_specialist",
        "employer_contact",
    } <= set(functions)
    debt, youth = functions["debt_counselling"], functions["youth_team"]
    assert (debt.least_team, debt.least_post_share) == (2, 0.5)
    assert 3 <= youth.least_team <= 4


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "employer: municipal",
            "employer: kommunal",
            (
                "functions.yaml:3  debt.employer: got 'kommunal'. One of municipal, state, either "
                "is expected. Did you mean 'municipal'?"
            ),
        ),
        (
            "0.75",
            "0,75",
            (
                "functions.yaml:4  debt.need_per_10000_fte: got the text '0,75'. A number from 0 "
                "to 1000 is expected. Write 0.75."
            ),
        ),
        (
            "0.75",
            ".nan",
            "functions.yaml:4  debt.need_per_10000_fte: .nan is out of range.",
        ),
        (
            "least_team: 2",
            "least_team: 2.5",
            "functions.yaml:6  debt.least_team: got the number 2.5.",
        ),
        (
            "least_post_share: 0.5",
            "least_post_share: 50",
            (
                "functions.yaml:7  debt.least_post_share: 50 is out of range. A number above 0 and "
                "at most 1 is expected."
            ),
        ),
        (
            "  follows_users: true\n",
            "",
            "functions.yaml:1  debt.follows_users: the key is missing. True or false is",
        ),
        (
            "source: chosen",
            "source: chosen\n  least_taem: 2",
            "functions.yaml:13  debt.least_taem: unknown key. Valid keys here: decides_cases,",
        ),
        (
            "least_present: 1",
            "least_present: 3",
            (
                "functions.yaml:8  debt.least_present: 3 present are more than the team of 2. At "
                "most the least_team is expected."
            ),
        ),
        (
            "0.75\n  need_per_office_fte: 0.1",
            "0",
            (
                "functions.yaml:1  debt: needs no staff. One of need_per_10000_fte, "
                "need_per_office_fte, need_per_presence_day_fte above 0 is expected."
            ),
        ),
        ("debt:", "12:", "functions.yaml:1  12: the key is wrong: got the number 12."),
        (
            "source: chosen",
            "source: chosen\n  source: again",
            "functions.yaml:13  debt.source: ",
        ),
    ],
)
def test_each_fault_stands_at_its_line(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert faults(tmp_path, GOOD.replace(old, new)).startswith(expected)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("municipal", "both").replace("0.75", "-1").replace("  source: chosen\n", "")
    assert [line.split("  ")[0] for line in faults(tmp_path, text).splitlines()] == [
        "functions.yaml:1",
        "functions.yaml:3",
        "functions.yaml:4",
    ]


@pytest.mark.parametrize("text", ["", "- a\n", "debt: [\n", "debt: 1\n", "\ufffe"])
def test_not_a_file_of_functions(tmp_path: Path, text: str) -> None:
    assert "functions.yaml" in faults(tmp_path, text)


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    own = bundle(tmp_path, GOOD)
    (tmp_path / "functions.yaml").write_bytes(GOOD.encode("latin-1"))
    seal(tmp_path)
    with pytest.raises(DataError, match=r"functions\.yaml:2  .*UTF-8"):
        read_functions(Bundle(own.folder))
