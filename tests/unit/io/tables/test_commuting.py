"""Tables of commuting."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import DataError
from planner.io.tables.commuting import (
    LEAST_FLOW,
    read_commuting_fit,
    read_employment,
    read_large_flows,
)
from planner.io.tables.municipalities import read_municipalities
from tests.support.data import DATA
from tests.support.spoilt import spoilt


def test_all_own_municipalities_and_the_flows_of_some_size() -> None:
    flows = read_large_flows(DATA)
    assert flows is not None
    own = flows[flows["home"] == flows["workplace"]].set_index("home")["workers"]
    known = read_employment(DATA)
    assert dict(own.sort_index()) == dict(known["working_at_home"])
    between = flows[flows["home"] != flows["workplace"]]["workers"]
    assert (len(between), between.min()) == (3374, LEAST_FLOW)
    commuters = known["employed_residents"].sum() - known["working_at_home"].sum()
    assert between.sum() / commuters == pytest.approx(0.922, abs=0.001)


def test_a_flow_from_nowhere_is_named_by_line(tmp_path: Path) -> None:
    bundle = spoilt(tmp_path / "data", "commuting.csv", "0301,1103,948", "0301,1999,948")
    with pytest.raises(DataError, match=r"commuting\.csv:3  workplace: no municipality: '1999'"):
        read_large_flows(bundle)


def test_the_fit_is_registered_for_every_county() -> None:
    fit = read_commuting_fit(DATA)
    counties = set(read_municipalities(DATA)["county"])
    assert counties < set(fit["region"])
    assert {"Hallingdal", "Norge"} < set(fit["region"])
