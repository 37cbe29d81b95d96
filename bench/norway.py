"""Norway's municipalities as plain arrays: straight lines between their centres, inhabitants."""

from __future__ import annotations

import csv

import numpy as np
import numpy.typing as npt

from bench.measure import ROOT

FloatArray = npt.NDArray[np.float64]

_DATA = ROOT / "data"
_YEAR = "2022"
_EARTH_RADIUS_KM = 6371.0


def distances_km() -> FloatArray:
    """(356, 356) great-circle distance between the centres."""
    longitude, latitude = (np.radians(_column(f"centre_{name}")) for name in ("lon", "lat"))
    north, east = (np.sin((part[:, None] - part) / 2) ** 2 for part in (latitude, longitude))
    chord = north + np.cos(latitude[:, None]) * np.cos(latitude) * east
    return np.asarray(2 * _EARTH_RADIUS_KM * np.arcsin(np.sqrt(chord)))


def population() -> FloatArray:
    """(356,) inhabitants in 2022, as in every run published."""
    with (_DATA / "population.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["year"] == _YEAR]
    people = {row["code"]: row["population"] for row in rows}
    return np.array([float(people[row["code"]]) for row in _municipalities()])


def _column(name: str) -> FloatArray:
    return np.array([float(row[name]) for row in _municipalities()])


def _municipalities() -> list[dict[str, str]]:
    with (_DATA / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
