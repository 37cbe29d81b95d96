"""What part of Norway a map shows, as an address holds it: ``latitude,longitude,zoom``."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import pyproj

from planner.io.tables.boundaries import CRS_EPSG

#: A pixel of a web map at zoom 0 on the equator, metres; readers know such zoom numbers.
ZOOM_0_M = 156_543.034
LATITUDES, LONGITUDES, ZOOMS = (56.0, 73.0), (2.0, 34.0), (2.0, 16.0)
DECIMALS = (4, 4, 2)  # about 10 m, and less than one per cent of size


@dataclass(frozen=True)
class View:
    """A map's centre, metres in EPSG:25833, and how many metres a pixel shows."""

    east_m: float
    north_m: float
    metres_per_px: float


def read_view(written: str) -> View | None:
    """Return the view that an address holds; None unless it is one of Norway."""
    parts = written.split(",")
    try:
        latitude, longitude, zoom = (float(part) for part in parts)
    except ValueError:
        return None
    limits = ((latitude, LATITUDES), (longitude, LONGITUDES), (zoom, ZOOMS))
    if not all(low <= value <= high for value, (low, high) in limits):
        return None
    east, north = _to_metres().transform(longitude, latitude)
    return View(east, north, _pixel_m(latitude, zoom))


def write_view(view: View) -> str:
    """Write a view as an address holds it; nothing unless it is one of Norway."""
    longitude, latitude = _to_metres().transform(view.east_m, view.north_m, direction="INVERSE")
    if not (math.isfinite(latitude) and 0 < view.metres_per_px < math.inf):
        return ""
    zoom = math.log2(_pixel_m(latitude, 0) / view.metres_per_px)
    values = zip((latitude, longitude, zoom), DECIMALS, strict=True)
    written = ",".join(f"{value:.{decimals}f}" for value, decimals in values)
    return written if read_view(written) else ""


def _pixel_m(latitude: float, zoom: float) -> float:
    return ZOOM_0_M * math.cos(math.radians(latitude)) / 2**zoom


@cache
def _to_metres() -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(4326, CRS_EPSG, always_xy=True)
