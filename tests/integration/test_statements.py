"""Statements of the Nordland report, and examples of docs/withdrawal.md, on the shipped data."""

import pytest

from planner.assess.finding import Amount, Finding, Places, Words
from planner.assess.findings import findings
from planner.pipeline.result import Result
from planner.pipeline.run_scenario import network, run
from planner.present.words.findings import all_names
from planner.scenario.load import load_scenario
from tests.support.paths import SCENARIOS


@pytest.fixture(scope="module")
def service_areas() -> Result:
    return run(load_scenario(SCENARIOS / "nordland" / "tjenesteomrader-2018.yaml"))


@pytest.fixture(scope="module")
def told(service_areas: Result) -> dict[tuple[str, str], Finding]:
    """Key of a finding and name of whom it is about -> finding."""
    assert service_areas.plan is not None
    names = service_areas.instance.names
    found = findings(service_areas.instance, service_areas.plan)
    return {(one.key, names[code]): one for one in found for code in one.about[:1]}


def name(result: Result, finding: Finding, field: str) -> str:
    place = finding.fields[field]
    assert isinstance(place, Places)
    return all_names(result.instance)[place.codes[0]]


def share(finding: Finding, field: str) -> float:
    amount = finding.fields[field]
    assert isinstance(amount, Amount)
    return amount.value


def test_ytre_salten_is_hardly_one_labour_market_region(
    told: dict[tuple[str, str], Finding],
) -> None:
    assert told["labour_market.several_regions", "Bodø"].fields["count"] == Amount(7)


def test_steigen_leans_to_bodo(service_areas: Result, told: dict[tuple[str, str], Finding]) -> None:
    steigen = told["labour_market.leans_own_group_two", "Steigen"]
    assert name(service_areas, steigen, "first") == "Bodø"
    assert share(steigen, "first_share") == pytest.approx(0.033, abs=0.002)


def test_hemnes_leans_to_rana_rather_than_vefsn(
    service_areas: Result, told: dict[tuple[str, str], Finding]
) -> None:
    hemnes = told["labour_market.leans_own_group_two", "Hemnes"]
    assert name(service_areas, hemnes, "first") == "Rana"
    assert name(service_areas, hemnes, "second") == "Vefsn"
    assert share(hemnes, "first_share") == pytest.approx(0.265, abs=0.01)
    assert share(hemnes, "second_share") == pytest.approx(0.041, abs=0.005)


def test_bindal_leans_to_trondelag(told: dict[tuple[str, str], Finding]) -> None:
    bindal = told["labour_market.other_county", "Bindal"]
    assert bindal.fields["county"] == Words(("Trøndelag",))
    assert share(bindal, "share") == pytest.approx(0.205, abs=0.01)
    assert share(bindal, "own_share") == pytest.approx(0.030, abs=0.005)


def test_hemsedal_that_leaves_has_its_staff_in_gol() -> None:
    result = run(load_scenario(SCENARIOS / "hallingdal" / "modell-e.yaml"))
    assert result.plan is not None
    found = findings(result.instance, result.plan)
    (hemsedal,) = [one for one in found if one.key == "withdrawal.leaver_with_staff_elsewhere"]
    assert name(result, hemsedal, "leaver") == "Hemsedal"
    assert name(result, hemsedal, "host") == "Gol"


def test_the_network_of_hallingdal_as_documented() -> None:
    result = run(load_scenario(SCENARIOS / "hallingdal" / "modell-e.yaml"))
    beside = network(result, "nettverk")
    assert beside is not None
    days = [
        one.indicator.value
        for one in (
            result.scores["competence.uncovered_days"],
            beside.scores["competence.uncovered_days"],
        )
    ]
    assert result.scores["competence.uncovered_days"].baseline.value == pytest.approx(
        13.0, abs=0.05
    )
    assert days == pytest.approx([9.7, 11.6], abs=0.05)
    assert beside.scores["competence.youth_team_share"].indicator.value == 1
    assert beside.scores["competence.debt_counselling_share"].indicator.value == 1
    assert beside.scores["competence.most_uncovered_days"].change == 0
    assert beside.scores["access.mean_min"].change == 0
