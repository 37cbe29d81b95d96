"""Results and documents that several formats are tested with; each is made once."""

from __future__ import annotations

import pytest

import planner
from planner.pipeline.result import Result
from planner.present.report.blocks import CaseDocument
from planner.present.report.content.chapters import case_document
from tests.support.data import DATA
from tests.support.paths import SCENARIOS

#: What a title may be, all of it only words.
TITLE = (
    '<script>alert(1)</script> "O\'Brien" &amp; 😀 عربي שלום '
    "#import *b* $x$ =SUM(A1) {title} {0} " + "x" * 150
)


def ran(name: str) -> Result:
    return planner.run(planner.load_scenario(SCENARIOS / f"{name}.yaml"))


@pytest.fixture(scope="session")
def model_b() -> Result:
    return ran("hallingdal/modell-b")


@pytest.fixture(scope="session")
def model_e() -> Result:
    return ran("hallingdal/modell-e")


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Result:
    path = tmp_path_factory.mktemp("hostile") / "plan.yaml"
    written = TITLE.replace("\\", "\\\\").replace('"', '\\"')
    path.write_text(
        "schema: 1\n"
        f'title: "{written}"\n'
        'description: "=1+1 <img src=x onerror=alert(1)>"\n'
        "region: {council: Hallingdal}\n"
        "date: 2018-01-01\n"
        "groups:\n"
        "  - {host: Gol, members: [Flå, Nesbyen, Hemsedal, Ål, Hol]}\n"
        "agreement:\n"
        "  information: '=HYPERLINK(\"http://x\")'\n"
        "  other: '+1 @x'\n"
        "  from_date: 2027-01-01\n",
        encoding="utf-8",
    )
    return planner.run(planner.load_scenario(path))


@pytest.fixture(scope="session")
def infeasible(tmp_path_factory: pytest.TempPathFactory) -> Result:
    path = tmp_path_factory.mktemp("infeasible") / "request.yaml"
    path.write_text(
        "schema: 1\n"
        "title: Ett kontor innen 20 minutter\n"
        "region: {council: Hallingdal}\n"
        "propose: {constraints: {offices: {max: 1}, max_travel_minutes: 20}}\n",
        encoding="utf-8",
    )
    return planner.run(planner.load_scenario(path))


@pytest.fixture(scope="session")
def document(model_e: Result) -> CaseDocument:
    return case_document([model_e], DATA)


@pytest.fixture(scope="session")
def comparison(model_b: Result, model_e: Result) -> CaseDocument:
    return case_document([model_b, model_e], DATA)


@pytest.fixture(scope="session")
def hostile_document(hostile: Result) -> CaseDocument:
    return case_document([hostile], DATA)
