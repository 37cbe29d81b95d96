"""Every shipped scenario can be used as it stands, and says where it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.io.bundle import Bundle
from planner.io.gazetteer import Gazetteer
from planner.model.plan import Plan
from planner.scenario.load import load_scenario, resolve
from planner.scenario.vocabulary import Scenario
from tests.support.data import DATA

FOLDER = DATA.folder.parent / "scenarios"
PATHS = sorted(FOLDER.rglob("*.yaml"))
DRAWN = [path for path in PATHS if "\ngroups:" in path.read_text(encoding="utf-8")]
MODELS = sorted((FOLDER / "hallingdal").glob("*.yaml"))
DOCUMENTS = ("Hallingdal-rapporten", "Nordland-rapporten", "KS/NORCE-rapporten")


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


def test_there_are_scenarios() -> None:
    assert {path.parent.name for path in PATHS} == {
        "agder",
        "hallingdal",
        "indre-salten",
        "nordland",
        "ofoten",
        "sor-salten",
    }
    assert DRAWN


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
