"""What is known about each municipality, and how: observed, modelled, estimated or missing."""

from __future__ import annotations

import pandas as pd

from planner.io.bundle import Bundle
from planner.io.tables.commuting import read_commuters, read_employment, read_large_flows
from planner.io.tables.municipalities import read_municipalities
from planner.io.tables.services import (
    catalogue_provenance,
    read_case_systems,
    read_opening_hours,
    visits_per_month,
)
from planner.model.population import population_on
from planner.model.staffing import staff_on
from planner.today import today

MISSING = "missing"


def coverage(bundle: Bundle) -> pd.DataFrame:
    """Return the provenance of each figure of each municipality, as of today.

    Returns
    -------
    Index ``code`` (n municipalities, sorted); a column a figure: ``population``, ``staff``,
    ``jobs``, ``commuters``, ``services``, ``case_systems``, ``opening_hours``, ``visits``; values
    are provenances, or ``missing``. Not to be changed.

    Raises
    ------
    DataError : a table is missing, changed or faulty.
    """
    return bundle.memo.get(("coverage", bundle.version, today()), lambda: _coverage(bundle))


def _coverage(bundle: Bundle) -> pd.DataFrame:
    municipalities = read_municipalities(bundle)
    population = population_on(bundle, today())
    counted = read_commuters(bundle) is not None or read_large_flows(bundle) is not None
    known = pd.DataFrame(index=municipalities.index)
    known["population"] = population["population_provenance"]
    known["staff"] = staff_on(bundle, population["population"], today())["fte_provenance"]
    known["jobs"] = read_employment(bundle)["provenance"]
    known["commuters"] = "observed" if counted else "modelled"
    known["services"] = pd.Series(catalogue_provenance(bundle), dtype=str)
    known["case_systems"] = read_case_systems(bundle)["provenance"]
    known["opening_hours"] = read_opening_hours(bundle)["provenance"]
    known["visits"] = pd.Series("observed", index=visits_per_month(bundle).index)
    return known.fillna(MISSING)
