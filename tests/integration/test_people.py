"""Where the inhabitants of the country live, and how far they have to their offices."""

from __future__ import annotations

import datetime as dt
from functools import cache

import numpy as np
import pandas as pd

from planner.io.gazetteer import Gazetteer
from planner.io.imports.areas import measured_areas
from planner.io.tables.assumptions import load_assumptions
from planner.io.tables.land import read_areas
from planner.model.country import Circumstances, Country, load_country
from planner.model.roads.changes import NetworkChanges
from tests.support.data import DATA


@cache
def country() -> Country:
    values = {name: entry.default for name, entry in load_assumptions(DATA).items()}
    return load_country(DATA, Circumstances(dt.date(2026, 11, 30), NetworkChanges(), values))


def own_minutes() -> pd.Series:
    """Mean way of every municipality's inhabitants to an office in it, minutes."""
    return pd.Series(np.diag(country().inhabitants.mean), country().municipalities.index)


def way(a: str, b: str) -> float:
    codes = list(country().municipalities.index)
    resolve = Gazetteer.from_bundle(DATA).resolve
    return float(country().inhabitants.mean[codes.index(resolve(a)), codes.index(resolve(b))])


def test_the_way_to_the_own_office_is_some_minutes_and_never_none() -> None:
    own = own_minutes()
    assert own.min() > 0
    assert 8 <= own.median() <= 20  # a study of emergency clinics (2011) found 16
    assert own.max() < 90


def test_large_municipalities_have_longer_ways_than_small_ones() -> None:
    own, area = own_minutes(), read_areas(DATA)
    assert own.corr(area, method="spearman") > 0.3
    large, small = own[area > area.quantile(0.75)], own[area < area.quantile(0.25)]
    assert large.median() > 1.5 * small.median()


def test_everybody_in_the_country_has_a_way_to_every_office() -> None:
    assert np.isfinite(country().inhabitants.minutes).all()


def test_all_inhabitants_are_placed_once() -> None:
    people = country().inhabitants
    shares = np.bincount(people.home, people.share)
    np.testing.assert_allclose(shares, 1.0)


def test_the_office_of_hol_lies_in_geilo() -> None:
    centre = country().travel.minutes
    codes = Gazetteer.from_bundle(DATA).resolve
    farther = way("Ål", "Hol") - float(centre.loc[codes("Ål"), codes("Hol")])
    assert farther > 5  # Geilo is 12 km beyond Hol


def test_the_areas_are_those_of_the_boundaries() -> None:
    table = measured_areas(DATA).set_index("code")["land_km2"]
    pd.testing.assert_series_equal(table, read_areas(DATA), check_names=False)
