"""What is known about each municipality, and how: observed, modelled, estimated or missing."""

from __future__ import annotations

import pandas as pd

from planner.io.bundle import Bundle
from planner.io.tables.commuting import read_commuters, read_jobs
from planner.io.tables.municipalities import read_municipalities
from planner.io.tables.services import (
    catalogue_provenance,
    read_case_systems,
    read_opening_hours,
    visits_per_month,
)
from planner.model.country import PRESENT
from planner.model.staffing import staff_by_municipality

MISSING = "missing"


def coverage(bundle: Bundle) -> pd.DataFrame:
    """Return the provenance of each figure of each municipality.

    Returns
    -------
    Index ``code`` (n municipalities, sorted); a column a figure: ``population``, ``staff``,
    ``jobs``, ``commuters``, ``services``, ``case_systems``, ``opening_hours``, ``visits``; values
    are provenances, or ``missing``.

    Raises
    ------
    DataError : a table is missing, changed or faulty.
    """
    municipalities = read_municipalities(bundle)
    commuting = "modelled" if read_commuters(bundle) is None else "observed"
    known = pd.DataFrame(index=municipalities.index)
    known["population"] = "observed"
    known["staff"] = staff_by_municipality(bundle, municipalities, on=PRESENT)["fte_provenance"]
    known["jobs"] = read_jobs(bundle)["provenance"]
    known["commuters"] = commuting
    known["services"] = pd.Series(catalogue_provenance(bundle), dtype=str)
    known["case_systems"] = read_case_systems(bundle)["provenance"]
    known["opening_hours"] = read_opening_hours(bundle)["provenance"]
    known["visits"] = pd.Series("observed", index=visits_per_month(bundle).index)
    return known.fillna(MISSING)
