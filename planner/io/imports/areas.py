"""The land area of every municipality, measured on the boundaries.

Run after new boundaries: ``python -m planner.io.imports.areas data``, then ``planner data seal``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from planner.io.bundle import Bundle
from planner.io.tables.boundaries import read_boundaries

M2_PER_KM2 = 1e6


def measured_areas(bundle: Bundle) -> pd.DataFrame:
    """Measure land and fresh water inside the boundaries; columns ``code``, ``land_km2``."""
    areas = read_boundaries(bundle).geometry.area / M2_PER_KM2
    return areas.round(1).rename("land_km2").rename_axis("code").reset_index()


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    measured_areas(Bundle(folder)).to_csv(folder / "areas.csv", index=False)
