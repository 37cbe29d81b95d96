"""A small country for tests of the road network: four municipalities, a ferry, a replaced road.

::

    Aga (0001) --12 km, 10 min-- kryss --8 km, 6 min-- Bru (0002)
                                   |
                              5 km, 4 min
                                   |
                                  kai ==ferry 4 km, 15 min, wait 20== Dal (0003)

Eid (0004) lies far off: 60 km and 70 minutes from Dal, and in summer 20 km and 30 minutes from Aga.
Aga and Bru are also joined directly: by E1 (18 km, 20 min) until 2018-12-31, by its bridge (9 km,
8 min) since then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import networkx as nx
import pandas as pd

from planner.io.tables.roads import CONFIDENCES, Roads
from planner.model.roads.changes import (
    ChangedLink,
    ClosedLink,
    NetworkChanges,
    OpenedLink,
    with_changes,
)
from planner.model.roads.network import road_network
from planner.scenario.network_keys import LinkClosure, Network

NODES = {"Aga": "aga", "Bru": "bru", "Dal": "dal", "Eid": "eid", "Kaien ferjekai": "kai"}
NODES |= {"Krysset (E1 x fv2)": "kryss"}
CODES = {"Aga": "0001", "Bru": "0002", "Dal": "0003", "Eid": "0004"}
FACTORS = {f"road_minutes_{level}_factor": 1.0 for level in CONFIDENCES}
TODAY = dt.date(2020, 1, 1)
LINK = {
    "mode": "road",
    "source": "x",
    "wait_minutes": 0.0,
    "provenance": "estimated",
    "confidence": "low",
}


def places() -> pd.DataFrame:
    """Places."""
    rows = [
        ("aga", "Aga", "0001", 6.0, 60.0, "centre"),
        ("bru", "Bru (sentrum)", "0002", 6.2, 60.0, "centre"),
        ("dal", "Dal", "0003", 6.1, 60.1, "centre"),
        ("eid", "Eid", "0004", 5.5, 60.4, "centre"),
        ("kryss", "Krysset (E1 x fv2)", "0001", 6.1, 60.0, "junction"),
        ("kai", "Kaien ferjekai", "0002", 6.1, 60.05, "quay"),
    ]
    table = pd.DataFrame(rows, columns=["place_id", "name", "municipality", "lon", "lat", "kind"])
    return table.set_index("place_id")


def links() -> pd.DataFrame:
    """Links of all dates."""
    return link_table(
        {"from": "aga", "to": "kryss", "km": 12.0, "minutes": 10.0, "road": "E1"},
        {"from": "kryss", "to": "bru", "km": 8.0, "minutes": 6.0, "road": "E1"},
        {"from": "kryss", "to": "kai", "km": 5.0, "minutes": 4.0, "road": "Fv2"},
        {"from": "kai", "to": "dal", "km": 4.0, "minutes": 15.0, "mode": "ferry", "road": "Fv2"}
        | {"wait_minutes": 20.0},
        {"from": "aga", "to": "bru", "km": 18.0, "minutes": 20.0, "road": "E1"}
        | {"valid_to": pd.Timestamp("2018-12-31")},
        {"from": "bru", "to": "aga", "km": 9.0, "minutes": 8.0, "road": "E1"}
        | {"valid_from": pd.Timestamp("2019-01-01")},
        {"from": "dal", "to": "eid", "km": 60.0, "minutes": 70.0, "road": "Fv3"},
        {"from": "aga", "to": "eid", "km": 20.0, "minutes": 30.0, "season": "summer"},
    )


def link_table(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """A table of links; what a row does not say is as for a road without dates."""
    columns = {
        "road": None,
        "valid_from": pd.NaT,
        "valid_to": pd.NaT,
        "season": None,
        "source": "x",
    }
    return pd.DataFrame([LINK | columns | dict(row) for row in rows])


def make_network(
    *,
    on: dt.date = TODAY,
    changes: Network | None = None,
    link_rows: pd.DataFrame | None = None,
    wait_share: float = 1.0,
    **factors: float,
) -> nx.MultiGraph[str]:
    """Make the small country's network."""
    asked = changes or Network()
    network = road_network(
        Roads(places(), links() if link_rows is None else link_rows),
        on=on,
        season=asked.season,
        assumptions={**FACTORS, "ferry_wait_share": wait_share, **factors},
    )
    return with_changes(network, planned(asked), wait_share=wait_share)


def planned(changes: Network) -> NetworkChanges:
    """Turn names of the small country into nodes."""

    def ends(link: list[str]) -> tuple[str, str]:
        return NODES.get(link[0], link[0]), NODES.get(link[1], link[1])

    closed = [
        ClosedLink(ends(one.link), one.road)
        if isinstance(one, LinkClosure)
        else ClosedLink(ends(one))
        for one in changes.close
    ]
    return NetworkChanges(
        tuple(
            ChangedLink(ends(one.link), one.minutes, one.km, one.wait_minutes)
            for one in changes.change
        ),
        tuple(closed),
        tuple(
            OpenedLink(ends(one.link), one.minutes, one.km, one.wait_minutes, one.mode)
            for one in changes.open
        ),
    )
