"""What must be harmonised, by hand on the three fjords; what is unknown stays unknown."""

from dataclasses import replace

import pandas as pd
import pytest

from planner.assess.indicator import Indicator
from planner.assess.services import (
    ServiceDifference,
    assess_services,
    case_system_change,
    catalogue_distance,
    harmonisation,
)
from planner.model.instance import Instance
from planner.model.plan import Plan
from tests.support.factories import three_fjords

#: Groups Aga, Bru, Dal and Eid, Fet; Gol alone.
PLAN = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005"], "0006": []})
SERVICES = ["loan", "housing", "parking", "legacies"]
CATALOGUES = {
    "0001": [True, True, False, False],
    "0002": [True, False, True, False],
    "0003": [True, True, False, False],
    "0004": [True, False, False, False],
}


def with_known(**others: object) -> Instance:
    table = pd.DataFrame.from_dict(CATALOGUES, orient="index", columns=SERVICES)
    known: dict[str, object] = {
        "services": table,
        "services_provenance": dict.fromkeys(CATALOGUES, "observed") | {"0002": "estimated"},
        "case_systems": {"0001": "North", "0002": "North", "0003": "South", "0005": "South"},
        "case_systems_provenance": dict.fromkeys(["0001", "0002", "0003", "0005"], "observed"),
        "opening_hours": {"0001": "two hours twice a week"},
    }
    return replace(three_fjords(), **(known | others))  # type: ignore[arg-type]


def figures(instance: Instance, plan: Plan = PLAN) -> dict[str, Indicator]:
    return {one.key: one for one in assess_services(instance, plan)}


def test_distance_is_the_share_of_services_that_only_one_offers() -> None:
    distance = catalogue_distance(with_known(), PLAN)
    # Bru and Aga offer loan both; housing and parking one of them: 2 of 3
    assert distance["0002"] == pytest.approx(2 / 3)
    assert distance["0003"] == 0
    assert distance["0001"] == 0


def test_a_service_that_nobody_offers_changes_nothing() -> None:
    instance = with_known()
    wider = replace(instance, services=instance.services.assign(more=False))
    assert catalogue_distance(wider, PLAN) == catalogue_distance(instance, PLAN)


def test_offices_without_any_service_are_alike() -> None:
    empty = pd.DataFrame(data=False, index=["0001", "0002"], columns=SERVICES)
    assert catalogue_distance(with_known(services=empty), PLAN)["0002"] == 0


def test_a_municipality_without_services_data_is_unknown() -> None:
    found = figures(with_known())["services.catalogue_distance_share"]
    assert found.by_municipality["0005"] is None
    assert found.by_group["0004"] is None
    # mean over Bru (1000 inhabitants) and Dal (2000); Fet is left out
    assert found.value == pytest.approx(1000 * 2 / 3 / 3000)
    assert found.provenance == "estimated"


def test_an_unknown_host_cannot_be_compared_with() -> None:
    other_way = Plan.from_groups({"0005": ["0004"], "0001": ["0002", "0003"], "0006": []})
    assert catalogue_distance(with_known(), other_way)["0004"] is None


def test_services_to_harmonise_are_named_and_counted() -> None:
    groups = harmonisation(with_known(), PLAN)
    assert [group.host for group in groups] == ["0001", "0004"]  # Gol alone has nothing to do
    assert groups[0].services == (
        ServiceDifference("housing", ("0001", "0003"), ("0002",)),
        ServiceDifference("parking", ("0002",), ("0001", "0003")),
    )
    assert groups[1].services == ()
    assert groups[1].unknown_services == ("0005",)
    found = figures(with_known())["services.services_to_harmonise"]
    assert found.value == 2
    assert found.by_group == {"0001": 2, "0004": None, "0006": 0}


def test_case_systems_by_hand() -> None:
    groups = harmonisation(with_known(), PLAN)
    assert groups[0].case_systems == {"North": ("0001", "0002"), "South": ("0003",)}
    assert groups[1].unknown_case_systems == ("0004",)
    found = figures(with_known())
    assert found["services.other_case_system_share"].value == pytest.approx(2000 / 3000)
    assert found["services.case_systems_to_replace"].value == 1
    assert found["services.case_systems_to_replace"].by_group == {
        "0001": 1,
        "0004": None,
        "0006": 0,
    }
    assert case_system_change(with_known(), PLAN)["0005"] is None  # Eid's is unknown


def test_opening_hours_are_told_in_words() -> None:
    first = harmonisation(with_known(), PLAN)[0]
    assert first.opening_hours == {"0001": "two hours twice a week"}
    assert first.unknown_opening_hours == ("0002", "0003")


def test_how_much_is_known_is_counted() -> None:
    found = figures(with_known())
    assert found["services.known_catalogues"].value == 4
    assert found["services.known_case_systems"].value == 4
    assert found["services.known_opening_hours"].value == 1
    assert found["services.known_catalogues"].by_group == {"0001": 3, "0004": 1, "0006": 0}


def test_nothing_known_is_not_no_difference() -> None:
    found = figures(three_fjords())
    for key in (
        "services.catalogue_distance_share",
        "services.services_to_harmonise",
        "services.other_case_system_share",
        "services.case_systems_to_replace",
    ):
        assert found[key].value is None, key
    assert found["services.known_catalogues"].value == 0


def test_groups_of_one_have_nothing_to_harmonise() -> None:
    instance = three_fjords()
    found = figures(instance, instance.baseline)
    assert harmonisation(instance, instance.baseline) == []
    assert found["services.catalogue_distance_share"].value == 0
    assert found["services.services_to_harmonise"].value == 0
    assert found["services.case_systems_to_replace"].value == 0


def test_satellites_without_inhabitants_have_no_mean() -> None:
    instance = with_known()
    nobody = replace(instance, municipalities=instance.municipalities.assign(population=0))
    assert figures(nobody)["services.catalogue_distance_share"].value is None
