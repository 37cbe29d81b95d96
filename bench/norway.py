"""Norway's municipalities as plain arrays: straight lines between their centres, inhabitants."""

from __future__ import annotations

import csv

import numpy as np
import numpy.typing as npt

from bench.measure import ROOT

FloatArray = npt.NDArray[np.float64]

_EARTH_RADIUS_KM = 6371.0


def distances_km() -> FloatArray:
    """(356, 356) great-circle distance between the centres."""
    longitude, latitude = (np.radians(_column(f"centre_{name}")) for name in ("lon", "lat"))
    north, east = (np.sin((part[:, None] - part) / 2) ** 2 for part in (latitude, longitude))
    chord = north + np.cos(latitude[:, None]) * np.cos(latitude) * east
    return np.asarray(2 * _EARTH_RADIUS_KM * np.arcsin(np.sqrt(chord)))


def population() -> FloatArray:
    """(356,) inhabitants."""
    return _column("population")


def _column(name: str) -> FloatArray:
    with (ROOT / "data" / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        return np.array([float(row[name]) for row in csv.DictReader(file)])
