"""Commuting of the country: counted flows, the rest, and what takes their place."""

import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.io.bundle import REGISTER, Bundle
from planner.io.tables.assumptions import load_assumptions
from planner.io.tables.commuting import LEAST_FLOW, read_employment, read_large_flows
from planner.io.tables.municipalities import read_municipalities
from planner.model.commuting.commuters import Commuters, load_commuters
from planner.model.instance import Travel
from planner.pipeline.run_scenario import run
from planner.scenario.vocabulary import Region, Scenario
from tests.support.data import DATA

GRIMSTAD, ARENDAL, UTSIRA = "4202", "4203", "1151"


@pytest.fixture(scope="module")
def travel() -> Travel:
    """Everybody an hour apart, as only the flows are looked at."""
    codes = list(read_municipalities(DATA).index)
    apart = 60.0 * ~np.eye(len(codes), dtype=bool)
    minutes = pd.DataFrame(apart, index=codes, columns=codes)
    never = pd.DataFrame(False, index=codes, columns=codes)
    return Travel(minutes, minutes, never)


@pytest.fixture(scope="module")
def commuters(travel: Travel) -> Commuters:
    given = {name: one.default for name, one in load_assumptions(DATA).items()}
    return load_commuters(DATA, travel, travel, given)


def test_all_employed_persons_are_placed(commuters: Commuters) -> None:
    employment = read_employment(DATA)
    rows, columns = commuters.flows.sum(axis=1), commuters.flows.sum(axis=0)
    assert rows.to_numpy() == pytest.approx(employment["employed_residents"].to_numpy())
    assert columns.to_numpy() == pytest.approx(employment["jobs"].to_numpy())
    assert commuters.year == 2022


def test_cells_say_whether_they_were_counted(commuters: Commuters) -> None:
    large = read_large_flows(DATA)
    assert large is not None
    assert commuters.counted.to_numpy().sum() == len(large)
    assert commuters.flows.loc[GRIMSTAD, ARENDAL] == 2470
    modelled = commuters.flows.where(~commuters.counted).to_numpy()
    assert np.nanmax(modelled) < LEAST_FLOW


def test_the_first_destination_is_a_counted_one_wherever_there_is_any(
    commuters: Commuters,
) -> None:
    between = commuters.flows * ~np.eye(len(commuters.flows), dtype=bool)
    first = between.idxmax(axis="columns")
    counted = {home: commuters.counted.loc[home, place] for home, place in first.items()}
    assert sum(not one for one in counted.values()) == 8
    assert not counted[UTSIRA]
    assert first[GRIMSTAD] == ARENDAL


def test_a_region_is_observed_unless_much_of_it_is_modelled(commuters: Commuters) -> None:
    assert commuters.provenance_among([GRIMSTAD, ARENDAL]) == "observed"
    assert commuters.provenance_among([UTSIRA, "1835"]) == "modelled"


def test_without_any_counted_flows_all_are_modelled(tmp_path: Path, travel: Travel) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA.folder, folder)
    lines = (folder / REGISTER).read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("commuting,")]
    (folder / REGISTER).write_text("".join(kept), encoding="utf-8")
    given = {name: one.default for name, one in load_assumptions(Bundle(folder)).items()}
    found = load_commuters(Bundle(folder), travel, travel, given)
    assert not found.counted.to_numpy().any()
    assert found.margins["jobs_provenance"] == "modelled"
    assert found.provenance_among([GRIMSTAD, ARENDAL]) == "modelled"


def test_hallingdal_is_one_labour_market() -> None:
    scenario = Scenario(
        schema=1,
        title="Hallingdal",
        region=Region(council="Hallingdal"),
        date=date(2026, 11, 30),
        form="today",
    )
    scores = run(scenario).scores
    assert scores["commuting.own_labour_market_share"].indicator.value == 1.0
    assert scores["commuting.labour_market_agreement"].indicator.value == 1.0
