"""Inhabitants on a date: as counted, and after the last count as projected."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812 - `date` names arguments

import numpy as np
import pandas as pd

from planner.io.bundle import Bundle
from planner.io.tables.population import read_population, read_projection


def population_on(bundle: Bundle, on: Date) -> pd.DataFrame:
    """Return the inhabitants on 1 January of a date's year.

    Between years that were counted the latest earlier one holds, and before the first the first.
    After the last the projection holds, linear between its years and from the last count; after
    its last year that one.

    Parameters
    ----------
    bundle : folder of registered tables.
    on : date.

    Returns
    -------
    Index ``code`` (sorted); columns ``population`` (whole persons), ``population_year`` and
    ``population_provenance`` (observed, estimated where a municipality's part of a former one is
    a share, modelled where projected).

    Raises
    ------
    DataError : a table is missing, changed or faulty.
    """
    counted = read_population(bundle)
    years = sorted(counted["year"].unique())
    if on.year > years[-1]:
        return _projected(bundle, counted[counted["year"] == years[-1]], on.year)
    year = max([one for one in years if one <= on.year], default=years[0])
    rows = counted[counted["year"] == year].set_index("code").sort_index()
    return pd.DataFrame(
        {
            "population": rows["population"],
            "population_year": int(year),
            "population_provenance": rows["provenance"],
        }
    )


def _projected(bundle: Bundle, counted: pd.DataFrame, year: int) -> pd.DataFrame:
    known = pd.concat([counted, read_projection(bundle)])
    by_year = known.pivot_table(index="code", columns="year", values="population").sort_index()
    reached = min(year, int(by_year.columns[-1]))
    people = [np.interp(reached, by_year.columns, row) for row in by_year.to_numpy(float)]
    return pd.DataFrame(
        {
            "population": np.rint(people).astype(int),
            "population_year": reached,
            "population_provenance": "modelled",
        },
        index=by_year.index,
    )
