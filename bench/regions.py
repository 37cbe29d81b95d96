"""Regions of the default data, made as the product makes them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from planner.io.tables.municipalities import read_municipalities
from planner.model.instance import Instance
from planner.pipeline.run_scenario import make_instance
from planner.scenario.vocabulary import Region, Scenario
from planner.workspace import default_workspace

DATA = default_workspace().data


def county(name: str) -> Instance:
    """Return a county; in the baseline everybody has an office of their own."""
    return _instance(Region(county=name))


def norway() -> Instance:
    """Return all 356 municipalities, with modelled commuting."""
    return _instance(Region(municipalities=list(read_municipalities(DATA).index)))


def _instance(region: Region) -> Instance:
    scenario = Scenario(schema=1, title="Bench", region=region, baseline="own_office")
    return make_instance(scenario, DATA)


def with_flows(instance: Instance, file: Path) -> Instance:
    """Replace the commuters by those of a file with the columns home, workplace, workers."""
    table = pd.read_csv(file, dtype={"home": str, "workplace": str})
    square = table.pivot_table(index="home", columns="workplace", values="workers")
    flows = square.reindex(index=instance.codes, columns=instance.codes).fillna(0.0)
    return replace(instance, commuters=flows)


def with_large_flows(instance: Instance, least: float) -> Instance:
    """Keep only pairs with more commuters than that, both directions together."""
    flows = instance.commuters
    many = flows + flows.to_numpy().T > least
    return replace(instance, commuters=flows.where(many, 0.0))
