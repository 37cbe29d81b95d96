"""Every shipped scenario can be used as it stands, and says where it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.io.bundle import Bundle
from planner.io.gazetteer import Gazetteer
from planner.model.plan import Plan
from planner.pipeline.run_scenario import run
from planner.scenario.load import load_scenario, resolve
from planner.scenario.vocabulary import Scenario
from tests.support.data import DATA

FOLDER = DATA.folder.parent / "scenarios"
PATHS = sorted(FOLDER.rglob("*.yaml"))
DRAWN = [path for path in PATHS if "\ngroups:" in path.read_text(encoding="utf-8")]
MODELS = [path for path in PATHS if path.parent.name == "hallingdal" and "2026" not in path.stem]
PROPOSALS = [path for path in PATHS if path.stem == "forslag-2026"]
DOCUMENTS = (
    "Hallingdal-rapporten",
    "Nordland-rapporten",
    "KS/NORCE-rapporten",
    "nav.no",
    "fagforeningsundersøkelsen",
)
#: Seconds rather than tenths: left to the command line.
SLOW = {"norge"}


def name(path: Path) -> str:
    return str(path.relative_to(FOLDER).with_suffix(""))


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return DATA


@pytest.fixture(scope="module")
def gazetteer(bundle: Bundle) -> Gazetteer:
    return Gazetteer.from_bundle(bundle)


def plan(scenario: Scenario, bundle: Bundle) -> Plan:
    found = resolve(scenario, bundle)
    return Plan(found.host_of, found.locations, scenario.form)


def test_every_county_but_oslo_and_the_country_has_today_and_a_proposal(
    gazetteer: Gazetteer, bundle: Bundle
) -> None:
    asked = {load_scenario(path, bundle).region.county for path in PROPOSALS}
    shown = {load_scenario(path, bundle).region.county for path in FOLDER.glob("*/i-dag-2026.yaml")}
    assert shown - {None} == set(gazetteer.counties)
    assert asked - {None} == set(gazetteer.counties) - {"Oslo"}
    country = resolve(load_scenario(FOLDER / "norge" / "forslag-2026.yaml", bundle), bundle)
    assert set(country.codes) == {code for codes in gazetteer.counties.values() for code in codes}


@pytest.mark.parametrize(
    "path", [path for path in PROPOSALS if path.parent.name not in SLOW], ids=name
)
def test_proposals_are_proved_and_have_no_more_hosts_than_today(path: Path, bundle: Bundle) -> None:
    result = run(load_scenario(path, bundle), bundle=bundle)
    assert result.plan is not None
    assert result.solve is not None
    assert result.solve.outcome == "optimal"
    assert len(result.plan.hosts) <= len(result.instance.baseline.hosts)


@pytest.mark.parametrize(
    ("folder", "hosts"),
    [
        ("hallingdal", {"Gol"}),
        ("ofoten", {"Narvik"}),
        ("indre-salten", {"Fauske"}),
        ("sor-salten", {"Meløy"}),
    ],
)
def test_outcomes_share_one_office(folder: str, hosts: set[str], bundle: Bundle) -> None:
    result = run(load_scenario(FOLDER / folder / "felles-kontor-2026.yaml", bundle), bundle=bundle)
    assert result.plan is not None
    assert {result.instance.names[code] for code in result.plan.hosts} == hosts
    assert len(result.instance.baseline.hosts) > 1


@pytest.mark.parametrize("path", PATHS, ids=name)
def test_loads_without_fault_and_cites_its_document(path: Path, bundle: Bundle) -> None:
    scenario = load_scenario(path, bundle)
    assert any(document in scenario.description for document in DOCUMENTS)
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../scenario.schema.json"


def test_titles_tell_the_scenarios_apart(bundle: Bundle) -> None:
    titles = [load_scenario(path, bundle).title for path in PATHS]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("path", DRAWN, ids=name)
def test_drawn_plan_covers_its_region(path: Path, bundle: Bundle) -> None:
    scenario = load_scenario(path, bundle)
    drawn = plan(scenario, bundle)
    codes = set(resolve(scenario, bundle).codes)
    named = set(drawn.municipalities)
    assert named <= codes
    assert (named == codes) == (scenario.rest is None)
    members_without_office = set(drawn.municipalities) - set(drawn.hosts)
    assert set(drawn.locations) == members_without_office


@pytest.mark.parametrize("path", MODELS, ids=name)
def test_hallingdal_uses_the_reports_figures(path: Path, bundle: Bundle) -> None:
    scenario = load_scenario(path, bundle)
    figures = scenario.municipalities.values()
    fte = sum(own.fte or 0 for own in figures) + sum(scenario.regional_staff.values())
    assert fte == pytest.approx(36.35)
    assert sum(own.population or 0 for own in figures) == 20711


def test_agders_six_regions_are_six(bundle: Bundle) -> None:
    six = plan(load_scenario(FOLDER / "agder" / "seks-regioner.yaml", bundle), bundle)
    assert len(six.hosts) == 6
    today = plan(load_scenario(FOLDER / "agder" / "dagens-30-kontorer.yaml", bundle), bundle)
    assert len(today.hosts) == 25


def test_the_pilot_crosses_the_county_border(gazetteer: Gazetteer, bundle: Bundle) -> None:
    scenario = load_scenario(FOLDER / "ofoten" / "kommunesammenslaing-2020.yaml", bundle)
    counties = {
        county
        for county, codes in gazetteer.counties.items()
        if set(codes) & set(plan(scenario, bundle).municipalities)
    }
    assert counties == {"Nordland", "Troms"}
