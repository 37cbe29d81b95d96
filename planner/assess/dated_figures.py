"""How far a region's figures are from its date, and what is unsure about its offices."""

from __future__ import annotations

from planner.model.instance import Instance
from planner.model.plan import Doubt, Plan

#: A figure further than this from the date must be told, years.
MOST_YEARS = 3
#: Tables that a region has rows of, or not -> what of the instance is empty where it has none.
PARTIAL = {
    "services": "services",
    "case_systems": "case_systems",
    "opening_hours": "opening_hours",
    "visits": "visits",
}


def old_figures(instance: Instance) -> dict[str, int]:
    """Return table -> year, for those whose figures are more than three years from the date.

    Of population and staff, which may be of several years, the one furthest from the date.
    Nothing where no date was asked for.
    """
    if instance.date is None:
        return {}
    year = instance.date.year
    years = {
        table: of
        for table, of in instance.table_years.items()
        if table not in PARTIAL or len(getattr(instance, PARTIAL[table])) > 0
    }
    for table, column in (("population", "population_year"), ("staff", "fte_year")):
        if column in instance.municipalities:
            found = instance.municipalities[column]
            years[table] = int(max(found, key=lambda one: abs(one - year)))
    return {table: of for table, of in sorted(years.items()) if abs(of - year) > MOST_YEARS}


def projected_year(instance: Instance) -> int | None:
    """Return the year that a region's population is projected for; None where it was counted."""
    table = instance.municipalities
    projected = table.loc[table["population_provenance"] == "modelled"]
    if projected.empty or "population_year" not in table:
        return None
    return int(projected["population_year"].max())


def doubted(instance: Instance, plan: Plan | None, doubt: Doubt) -> list[str]:
    """Return the municipalities of which a doubt holds, in the baseline or in a plan, sorted."""
    doubts = dict(instance.baseline.doubts) | dict(plan.doubts if plan else {})
    return sorted(code for code, what in doubts.items() if what == doubt)
