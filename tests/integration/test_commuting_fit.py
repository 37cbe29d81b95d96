"""The commuting model against observed flows, where the reference folder is at hand."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.io.bundle import Bundle
from planner.io.imports.commuters import import_commuters
from planner.io.tables.assumptions import load_assumptions
from planner.io.tables.commuting import (
    LEAST_FLOW,
    read_commuters,
    read_commuting_fit,
)
from planner.io.tables.municipalities import read_municipalities
from planner.io.tables.roads import read_roads
from planner.model.commuting.commuters import load_commuters
from planner.model.commuting.gravity import GravityParameters, gravity_flows
from planner.model.instance import Travel
from planner.model.labour_market import adjusted_rand_index, labour_market_regions
from planner.model.roads.travel import road_network, travel_between
from tests.support.data import DATA
from tests.support.paths import REFERENCE

SSB = REFERENCE / "ssb"
pytestmark = pytest.mark.skipif(
    not SSB.is_dir(), reason="Statistics Norway's observed flows are not part of the project"
)
HALLINGDAL = ["3039", "3040", "3041", "3042", "3043", "3044"]
GOL = "3041"


@pytest.fixture(scope="module")
def municipalities() -> pd.DataFrame:
    return read_municipalities(DATA)


@pytest.fixture(scope="module")
def assumptions() -> dict[str, float]:
    return {name: entry.default for name, entry in load_assumptions(DATA).items()}


@pytest.fixture(scope="module")
def minutes(municipalities: pd.DataFrame, assumptions: dict[str, float]) -> pd.DataFrame:
    network = road_network(
        read_roads(DATA),
        on=dt.date(2022, 11, 15),
        assumptions=assumptions,
    )
    return travel_between(network, list(municipalities.index)).minutes


@pytest.fixture(scope="module")
def observed(
    municipalities: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory
) -> pd.DataFrame:
    folder = tmp_path_factory.mktemp("bundle")
    for table in ("sources.csv", "municipalities.csv", "aliases.csv", "population.csv"):
        shutil.copy(DATA.folder / table, folder)
    import_commuters(SSB / "03321_2022.csv.gz", year=2022, folder=folder)
    rows = read_commuters(Bundle(folder))
    assert rows is not None
    codes = list(municipalities.index)
    flows = rows.pivot_table(index="home", columns="workplace", values="workers", fill_value=0)
    return flows.loc[codes, codes].astype(float)


@pytest.fixture(scope="module")
def modelled(
    observed: pd.DataFrame, minutes: pd.DataFrame, assumptions: dict[str, float]
) -> pd.DataFrame:
    parameters = GravityParameters.from_assumptions(assumptions)
    return gravity_flows(observed.sum(axis=1), observed.sum(axis=0), minutes, parameters)


@pytest.fixture(scope="module")
def completed(minutes: pd.DataFrame, assumptions: dict[str, float]) -> pd.DataFrame:
    """What is shipped: the large flows, and the modelled rest."""
    same = pd.DataFrame(False, index=minutes.index, columns=minutes.index)
    travel = Travel(minutes, minutes, same)
    return load_commuters(DATA, travel, travel, assumptions).flows


def common_part(observed: pd.DataFrame, modelled: pd.DataFrame, inside: pd.Series[bool]) -> float:
    """Common part of commuters between different municipalities of a region."""
    members = inside.to_numpy(dtype=bool)
    pairs = members[:, None] & members[None, :] & ~np.eye(len(members), dtype=bool)
    one, other = observed.to_numpy()[pairs], modelled.to_numpy()[pairs]
    return float(2 * np.minimum(one, other).sum() / (one.sum() + other.sum()))


def test_the_fit_is_the_registered_one(
    observed: pd.DataFrame, modelled: pd.DataFrame, municipalities: pd.DataFrame
) -> None:
    """Out of sample a region may fit a little worse than with parameters that have seen it."""
    fit = read_commuting_fit(DATA).set_index(["region", "flows"])["cpc"]
    for region in sorted(set(municipalities["county"]) - {"Oslo"}):
        inside = municipalities["county"] == region
        found = common_part(observed, modelled, inside)
        assert found == pytest.approx(fit[region, "within"], abs=0.025), region
    everybody = pd.Series(True, index=municipalities.index)
    found = common_part(observed, modelled, everybody)
    assert found == pytest.approx(fit["Norge", "between municipalities"], abs=0.02)


def test_the_shipped_flows_are_nearly_the_full_table(
    observed: pd.DataFrame, completed: pd.DataFrame, municipalities: pd.DataFrame
) -> None:
    everybody = pd.Series(True, index=municipalities.index)
    assert common_part(observed, completed, everybody) > 0.965
    assert np.diag(completed) == pytest.approx(np.diag(observed))


def test_the_first_destination_is_right_wherever_a_flow_of_20_is_known(
    observed: pd.DataFrame, completed: pd.DataFrame
) -> None:
    apart = ~np.eye(len(observed), dtype=bool)
    true, shipped = observed.to_numpy() * apart, completed.to_numpy() * apart
    known = true.max(axis=1) >= LEAST_FLOW
    chosen = true[np.arange(len(true)), shipped.argmax(axis=1)]
    assert known.sum() == 348
    assert (chosen == true.max(axis=1))[known].all()


def test_the_registered_fit_counts_the_observed_flows(observed: pd.DataFrame) -> None:
    trips = read_commuting_fit(DATA).set_index(["region", "flows"])["trips"]
    assert trips["Norge", "own municipality included"] == observed.to_numpy().sum()
    assert trips["Norge", "own municipality"] == np.trace(observed)


def test_self_containment_is_within_a_few_points(
    observed: pd.DataFrame, modelled: pd.DataFrame
) -> None:
    def contained(flows: pd.DataFrame) -> np.ndarray:
        return np.diag(flows) / flows.sum(axis=1).to_numpy()

    off = np.abs(contained(modelled) - contained(observed))
    assert np.median(off) < 0.05


def test_observed_labour_market_regions(observed: pd.DataFrame, minutes: pd.DataFrame) -> None:
    """Hallingdal is one region around Gol; the country has about the official 159 regions."""
    centres = labour_market_regions(
        observed, observed.sum(axis=1), minutes, least_share=0.10, max_minutes=75
    )
    assert set(centres[HALLINGDAL]) == {GOL}
    assert list(centres.index[centres == GOL]) == HALLINGDAL
    assert abs(centres.nunique() - 159) <= 10


def test_modelled_regions_agree_with_observed_ones(
    observed: pd.DataFrame,
    modelled: pd.DataFrame,
    completed: pd.DataFrame,
    minutes: pd.DataFrame,
) -> None:
    true, by_model, shipped = (
        labour_market_regions(flows, flows.sum(axis=1), minutes, least_share=0.10, max_minutes=75)
        for flows in (observed, modelled, completed)
    )
    assert adjusted_rand_index(true, by_model) > 0.8
    assert adjusted_rand_index(true, shipped) > 0.98


def test_statistics_norways_own_export(tmp_path: Path, municipalities: pd.DataFrame) -> None:
    """The whole table of 2017, in 426 municipalities; nobody gets lost on the way to 356."""
    for table in ("sources.csv", "municipalities.csv", "aliases.csv", "population.csv"):
        shutil.copy(DATA.folder / table, tmp_path)
    report = import_commuters(SSB / "03321_2017.xlsx", folder=tmp_path)
    assert report.year == 2017
    assert report.workers == pytest.approx(2_609_737, abs=1)
    assert not report.left_out
    rows = read_commuters(Bundle(tmp_path))
    assert rows is not None
    assert set(rows["home"]) == set(rows["workplace"]) == set(municipalities.index)
    trondheim = rows[(rows["home"] == "5001") & (rows["workplace"] == "5001")]["workers"].item()
    assert trondheim > 80_000
