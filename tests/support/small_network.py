"""A small country for tests of the road network: four municipalities, a ferry, a replaced road.

::

    Aga (0001) --12 km, 10 min-- kryss --8 km, 6 min-- Bru (0002)
                                   |
                              5 km, 4 min
                                   |
                                  kai ==ferry 4 km, 15 min, wait 20== Dal (0003)

Eid (0004) lies far off and has no curated place; it borders Dal and Aga. Aga and Bru are also
joined directly: by E1 (18 km, 20 min) until 2018-12-31, by its bridge (9 km, 8 min) since then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any

import networkx as nx
import pandas as pd

from planner.io.tables.roads import Roads
from planner.model.roads.changes import (
    ChangedLink,
    ClosedLink,
    NetworkChanges,
    OpenedLink,
    with_changes,
)
from planner.model.roads.network import road_network
from planner.scenario.vocabulary import LinkClosure, Network

ASSUMPTIONS = {
    "estimated_detour_factor": 1.5,
    "estimated_speed_kmh": 60.0,
    "ferry_wait_share": 1.0,
    "contiguity_least_border_m": 500.0,
}
NODES = {"Aga": "aga", "Bru": "bru", "Dal": "dal", "Eid": "0004", "Kaien ferjekai": "kai"}
NODES |= {"Krysset (E1 x fv2)": "kryss"}
CODES = {"Aga": "0001", "Bru": "0002", "Dal": "0003", "Eid": "0004"}
TODAY = dt.date(2020, 1, 1)
LINK = {"mode": "road", "wait_minutes": 0.0, "provenance": "estimated", "confidence": "low"}


def places(networks: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Curated places; `networks` says which belong to a completely curated network."""
    rows = [
        ("aga", "Aga", "0001", 6.0, 60.0, "centre"),
        ("bru", "Bru (sentrum)", "0002", 6.2, 60.0, "centre"),
        ("dal", "Dal", "0003", 6.1, 60.1, "centre"),
        ("kryss", "Krysset (E1 x fv2)", "0001", 6.1, 60.0, "junction"),
        ("kai", "Kaien ferjekai", "0002", 6.1, 60.05, "quay"),
    ]
    table = pd.DataFrame(rows, columns=["place_id", "name", "municipality", "lon", "lat", "kind"])
    table = table.set_index("place_id")
    return table.assign(network=pd.Series(dict(networks or {}), dtype=object))


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
    )


def link_table(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """A table of links; what a row does not say is as for a road without dates."""
    columns = {"road": None, "valid_from": pd.NaT, "valid_to": pd.NaT, "source": "x", "note": None}
    return pd.DataFrame([LINK | columns | dict(row) for row in rows])


@cache
def municipalities() -> pd.DataFrame:
    """All four municipalities."""
    centres = {"0001": (6.0, 60.0), "0002": (6.2, 60.0), "0003": (6.1, 60.1), "0004": (5.5, 60.4)}
    return pd.DataFrame(
        [(name, f"{name} sentrum", *centres[code]) for name, code in CODES.items()],
        index=pd.Index(CODES.values(), name="code"),
        columns=["name", "centre_name", "centre_lon", "centre_lat"],
    )


@cache
def borders(*pairs: tuple[str, str], border_m: int = 9000) -> pd.DataFrame:
    """Shared borders; those of Eid where no pairs are given."""
    shared = pairs or (("0003", "0004"), ("0001", "0004"))
    return pd.DataFrame(
        [(a, b, border_m) for a, b in shared], columns=["code_a", "code_b", "border_m"]
    )


def make_network(
    *,
    on: dt.date = TODAY,
    changes: Network | None = None,
    networks: Mapping[str, str] | None = None,
    link_rows: pd.DataFrame | None = None,
    border_rows: pd.DataFrame | None = None,
    **assumptions: float,
) -> nx.MultiGraph[str]:
    """Make the small country's network."""
    values = ASSUMPTIONS | assumptions
    network = road_network(
        Roads(places(networks), links() if link_rows is None else link_rows),
        municipalities(),
        borders() if border_rows is None else border_rows,
        on=on,
        assumptions=values,
    )
    return with_changes(
        network, planned(changes or Network()), wait_share=values["ferry_wait_share"]
    )


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
