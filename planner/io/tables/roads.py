"""Places, the roads and ferries that join them, and the public figures that they are held to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import pandas as pd
import pandera.pandas as pa

from planner.errors import DataError, Fault
from planner.io.bundle import Bundle, kept
from planner.io.csv_table import read_table
from planner.io.tables.columns import CODE, IN_ORDER
from planner.io.tables.municipalities import read_municipalities
from planner.spelling import nearest

Mode = Literal["road", "ferry", "express_boat"]
Season = Literal["summer"]
CONFIDENCES = ("high", "medium", "low")

_place_id = pa.Check.str_matches(r"^[a-z][a-z_]*$", error="small letters a-z and _")
_kind = pa.Check.isin(["centre", "former_centre", "junction", "quay"])
_mode = pa.Check.isin(get_args(Mode))
_season = pa.Check.isin(get_args(Season))
_provenance = pa.Check.isin(["observed", "estimated"])
_confidence = pa.Check.isin(CONFIDENCES)
_positive = pa.Check.gt(0, error="more than 0")
#: The longest way through Norway is some 2 500 km and 40 hours.
_length = pa.Check.in_range(0, 3000, include_min=False, error="km above 0 and at most 3000")
_time = pa.Check.in_range(0, 6000, include_min=False, error="minutes above 0 and at most 6000")
_half_headway = pa.Check.in_range(0, 60, error="0 to 60: half the headway, at most an hour")


def _waits_only_at_quays(links: pd.DataFrame) -> pd.Series[bool]:
    return (links["mode"] != "road") | (links["wait_minutes"] == 0)


#: Names are not looked up after so many unknown ones, since finding the nearest takes its time.
MOST_UNKNOWN = 12

PLACES = pa.DataFrameSchema(
    {
        "place_id": pa.Column(str, _place_id, unique=True),
        "name": pa.Column(str, unique=True),
        "municipality": pa.Column(str, CODE),
        "lon": pa.Column(float, pa.Check.in_range(4, 32)),
        "lat": pa.Column(float, pa.Check.in_range(57, 72)),
        "kind": pa.Column(str, _kind),
    },
    strict=True,
)

LINKS = pa.DataFrameSchema(
    {
        "from": pa.Column(str, _place_id),
        "to": pa.Column(str, _place_id),
        "mode": pa.Column(str, _mode),
        "km": pa.Column(float, _length),
        "minutes": pa.Column(float, _time),
        "wait_minutes": pa.Column(float, _half_headway),
        "road": pa.Column(str, nullable=True),
        "valid_from": pa.Column(pa.DateTime, nullable=True),
        "valid_to": pa.Column(pa.DateTime, nullable=True),
        "season": pa.Column(str, _season, nullable=True),
        "provenance": pa.Column(str, _provenance),
        "confidence": pa.Column(str, _confidence),
        "source": pa.Column(str),
        "note": pa.Column(str, nullable=True),
    },
    checks=[
        IN_ORDER,
        pa.Check(_waits_only_at_quays, error="no waiting on a road"),
    ],
    strict=True,
)

CHECKS = pa.DataFrameSchema(
    {
        "check_id": pa.Column(int, unique=True),
        "origin": pa.Column(str, _place_id),
        "destination": pa.Column(str, _place_id),
        "via": pa.Column(str, nullable=True),
        "metric": pa.Column(str, pa.Check.isin(["km", "road_km", "minutes", "crossing_minutes"])),
        "value": pa.Column(float, _positive),
        "date": pa.Column(pa.DateTime),
        "kind": pa.Column(str, pa.Check.isin(["independent", "calibration"])),
        "reason": pa.Column(str, nullable=True),
        "source": pa.Column(str),
        "url": pa.Column(str, nullable=True),
        "note": pa.Column(str, nullable=True),
    },
    strict=True,
)

RATIOS = pa.DataFrameSchema(
    {
        "code_a": pa.Column(str, CODE),
        "code_b": pa.Column(str, CODE),
        "reason": pa.Column(str),
    },
    unique=["code_a", "code_b"],
    strict=True,
)


@dataclass(frozen=True, eq=False)
class Roads:
    """The curated network, of all dates.

    Attributes
    ----------
    places : index ``place_id``; columns ``name``, ``municipality`` (code), ``lon`` and ``lat``
        (degrees) and ``kind`` (centre, former_centre, junction, quay). Every municipality has
        one centre.
    links : one row an undirected link in one period; columns as in `LINKS`: ``km``, ``minutes``
        of driving or crossing, ``wait_minutes`` (half the daytime headway, at most 60);
        ``season`` is missing where the link is open all year.
    """

    places: pd.DataFrame
    links: pd.DataFrame

    @property
    def centres(self) -> dict[str, str]:
        """Municipality code -> place id of its centre."""
        centres = self.places.loc[self.places["kind"] == "centre", "municipality"]
        return {str(code): str(place) for place, code in centres.items()}


@kept("places", "links", "municipalities")
def read_roads(bundle: Bundle) -> Roads:
    """Read places and links, and check that they fit together and the municipalities.

    Raises
    ------
    DataError : a table is missing, changed or does not fit its schema; a municipality has no
        centre, or two; a link's end is no place, or both ends are the same.
    """
    places = read_table(bundle, "places", PLACES).set_index("place_id")
    links = read_table(bundle, "links", LINKS)
    path, places_path = bundle.present("links"), bundle.present("places")
    faults = [
        *_second_centres(places, places_path),
        *_without_centre(places, read_municipalities(bundle).index, places_path),
        *_strangers(links, places.index, path),
        *_loops(links, path),
    ]
    if faults:
        raise DataError(faults)
    return Roads(places, links)


def read_checks(bundle: Bundle) -> pd.DataFrame:
    """Read the public distances and times that the network is held to.

    Returns
    -------
    Index ``check_id``; columns ``origin`` and ``destination`` (place ids), ``via`` (place ids
    with commas between), ``metric``: km, road_km (without ferries), minutes (without waiting) or
    crossing_minutes (of the ferry that joins the two); ``value``, ``date``, ``kind``: independent,
    or calibration where the figure set a link; ``reason`` for a large deviation; source.

    Raises
    ------
    DataError : the table is missing, changed or does not fit `CHECKS`.
    """
    return read_table(bundle, "checks", CHECKS).set_index("check_id")


def read_road_ratios(bundle: Bundle) -> pd.DataFrame:
    """Read why the way between two neighbours is much longer than the straight line, or hardly so.

    Returns
    -------
    Columns ``code_a``, ``code_b`` (neighbours, the smaller code first) and ``reason``.

    Raises
    ------
    DataError : the table is missing, changed or does not fit `RATIOS`.
    """
    return read_table(bundle, "road_ratios", RATIOS)


def _second_centres(places: pd.DataFrame, path: Path) -> Iterator[Fault]:
    first: dict[str, str] = {}
    rows = zip(places.index, places["municipality"], places["kind"], strict=True)
    for line, (place, code, kind) in enumerate(rows, start=2):
        if kind == "centre" and first.setdefault(code, place) != place:
            message = f"municipality {code} has the centre {first[code]!r} already. Expected one."
            yield Fault(str(path), line, "kind", message)


def _without_centre(
    places: pd.DataFrame, municipalities: Collection[str], path: Path
) -> Iterator[Fault]:
    known = set(places.loc[places["kind"] == "centre", "municipality"])
    for code in sorted(set(municipalities) - known):
        message = f"municipality {code} has no place of kind centre. Expected one."
        yield Fault(str(path), 0, "kind", message)


def _strangers(links: pd.DataFrame, known: Collection[str], path: Path) -> Iterator[Fault]:
    looked_up: dict[str, tuple[str, ...]] = {}
    for column in ("from", "to"):
        for row, place in links.loc[~links[column].isin(known), column].items():
            if place not in looked_up and len(looked_up) < MOST_UNKNOWN:
                looked_up[place] = nearest(place, known, most=1)
            near = looked_up.get(place)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            message = f"got {place!r}, which is no place_id of places.csv.{hint}"
            yield Fault(str(path), int(str(row)) + 2, column, message)


def _loops(links: pd.DataFrame, path: Path) -> Iterator[Fault]:
    for row in links.index[links["from"] == links["to"]]:
        yield Fault(str(path), int(row) + 2, "to", "a link joins two different places.")
