"""Land of the neighbouring countries, for maps."""

from __future__ import annotations

import geopandas as gpd
import pyarrow as pa

from planner.errors import DataError, Fault
from planner.io.bundle import Bundle, kept
from planner.io.tables.boundaries import CRS_EPSG


@kept("neighbours")
def read_neighbours(bundle: Bundle) -> gpd.GeoSeries:
    """Read the land of the countries around Norway; not to be changed.

    Returns
    -------
    Polygons in EPSG:25833, index ``country`` (two letters). Along the border they reach a few
    kilometres into Norway, so that no sea is left between.

    Raises
    ------
    DataError : the file is missing, changed or unreadable, or not in EPSG:25833.
    """
    path = bundle.path("neighbours")
    try:
        land = gpd.read_parquet(path).set_index("country").geometry
    except (pa.ArrowException, KeyError, ValueError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise DataError([Fault(str(path), 0, "", f"not readable: {reason}")]) from None
    if land.crs is None or land.crs.to_epsg() != CRS_EPSG:
        raise DataError([Fault(str(path), 0, "geometry", f"expected EPSG:{CRS_EPSG}.")])
    return land
