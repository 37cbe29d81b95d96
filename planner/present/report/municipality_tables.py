"""Tables with a row a municipality, or a row an office: today, in a plan, before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from planner.assess.access import host_minutes, municipality_table, nearest_minutes
from planner.assess.economy.sharing import KEYS, cost_sharing
from planner.assess.equity import BETTER, figure_provenance, must_keep, winners_and_losers
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.pipeline.result import Result
from planner.present.report.blocks import (
    ARROW,
    CellFigure,
    Column,
    DocumentTable,
    TableCell,
    finite,
)
from planner.present.report.case import Alternative, ReportCase
from planner.present.words.dated import of_years
from planner.present.words.effects import UNITS, keep_reason
from planner.present.words.staff_band import has_band
from planner.present.words.text import number, text
from planner.provenance import Provenance, weakest

_Figures = Callable[[Instance, Plan], pd.Series]


def situation_table(result: Result, title: str) -> DocumentTable:
    """Set out the baseline: hosts, ways, presence, inhabitants, staff and visits."""
    instance = result.instance
    table = municipality_table(instance, instance.baseline)
    visits = dict(instance.visits["visits_per_month"]) if len(instance.visits) else {}
    band = has_band(table)
    columns = (
        Column(text("table.municipality"), width=1.5),
        Column(text("table.host"), width=1.4),
        Column(text("report_document.column.minutes"), "level", "min", 1.1),
        Column(text("report_document.column.presence_days"), "level", "days", 1.1),
        Column(of_years(text("table.population"), table, "population"), "level", "persons", 1.1),
        Column(of_years(text("table.fte"), table, "fte"), "level", "fte"),
        *([Column(text("table.fte_band"), "range", "fte", 1.1)] if band else []),
        *([Column(text("report_document.column.visits"), "level", "persons")] if visits else []),
    )
    rows: list[tuple[TableCell, ...]] = []
    bases = []
    for code, row in table.to_dict("index").items():
        rows.append(
            (
                row["name"],
                row["host"],
                CellFigure(row["minutes"], "min"),
                CellFigure(row["presence_days"], "days"),
                CellFigure(row["population"], "persons"),
                CellFigure(row["fte"], "fte", provenance=row["fte_provenance"]),
                *([_band(row)] if band else []),
                *([CellFigure(visits.get(code), "persons")] if visits else []),
            )
        )
        bases.append(_of_both(row["population_provenance"], row["fte_provenance"]))
    is_alike = len(set(bases)) == 1
    return DocumentTable(title, columns, tuple(rows), bases[0] if is_alike else tuple(bases))


def _band(row: Mapping[Any, Any]) -> CellFigure:
    return CellFigure(row["fte_low"], "fte", row["fte_high"], provenance=row["fte_provenance"])


def groups_table(one: Alternative, title: str) -> DocumentTable:
    """Set out a plan's offices: host, members, inhabitants and staff."""
    instance, plan = one.instance, one.plan
    known = instance.municipalities
    columns = (
        Column(text("table.host"), width=1.4),
        Column(text("report_document.column.members"), width=3.2),
        Column(of_years(text("table.population"), known, "population"), "level", "persons"),
        Column(of_years(text("table.fte"), known, "fte"), "level", "fte"),
    )
    rows: list[tuple[TableCell, ...]] = []
    bases = []
    for host, members in plan.groups.items():
        own = instance.municipalities.loc[list(members)]
        others = [instance.names[code] for code in members if code != host]
        mark = f" ({text('table.exempt')})" if host in plan.exempt else ""
        rows.append(
            (
                instance.names[host] + mark,
                ", ".join(others) or text("report_document.alone"),
                CellFigure(float(own["population"].sum()), "persons"),
                CellFigure(
                    float(own["fte"].sum()), "fte", provenance=weakest(own["fte_provenance"])
                ),
            )
        )
        weak = weakest([*own["population_provenance"], *own["fte_provenance"]])
        bases.append(text(f"provenance.{weak}"))
    return DocumentTable(title, columns, tuple(rows), tuple(bases))


def effects_table(one: Alternative, title: str) -> DocumentTable:
    """Set out every municipality's figures before and after; gains and losses are not summed."""
    found, names = winners_and_losers(one.instance, one.plan), one.instance.names
    bases = figure_provenance(one.instance)
    units = {name: UNITS.get(name, "days") for name in BETTER}
    columns = (
        Column(text("table.municipality"), width=1.5),
        Column(text("effects.host"), width=1.6),
        *(
            Column(text(f"report_document.column.{name}"), "moved", unit, 1.35)
            for name, unit in units.items()
        ),
    )
    rows: list[tuple[TableCell, ...]] = []
    for row in found.to_dict("records"):
        before, host = names[row["host_baseline"]], names[row["host"]]
        moved = host if host == before else f"{before}{ARROW}{host}"
        figures = [
            CellFigure(row[name], unit, row[f"{name}_baseline"], bases[name])
            for name, unit in units.items()
        ]
        rows.append((row["name"], moved, *figures))
    return DocumentTable(title, columns, tuple(rows), _of_columns(bases))


def effects_of_all(case: ReportCase) -> DocumentTable:
    """Set the effects of every alternative out; on the page, of one alone."""

    def make(one: Alternative, title: str) -> DocumentTable:
        return effects_table(one, text("report_document.table.effects", title=title))

    table = case.together(make)
    return case.on_page(table) if case.is_single else table


def hosts_table(case: ReportCase) -> DocumentTable:
    """Set out every municipality's host, and the minutes to it, alternative by alternative."""
    shared, alternatives = case.shares_baseline, case.alternatives
    columns = (
        Column(text("table.municipality"), width=1.2),
        *([Column(text("table.baseline"), width=1.4)] if shared else []),
        *(Column(case.label(one), width=1.6) for one in alternatives),
    )
    hosts = [
        (_hosts(one.instance, one.instance.baseline), _hosts(one.instance, one.plan))
        for one in alternatives
    ]
    rows: list[tuple[TableCell, ...]] = [
        (
            name,
            *([_host_change(hosts[0][0][code], hosts[0][0][code])] if shared else []),
            *(_host_change(before[code], after[code]) for before, after in hosts),
        )
        for code, name in case.instance.names.items()
    ]
    basis = text(f"provenance.{figure_provenance(alternatives[0].instance)['minutes']}")
    title = text("report_document.table.hosts")
    return case.on_page(DocumentTable(title, columns, tuple(rows), basis))


def _hosts(instance: Instance, plan: Plan) -> dict[str, tuple[str, float]]:
    minutes = host_minutes(instance, plan)
    return {code: (instance.names[host], minutes[code]) for code, host in plan.host_of.items()}


def _host_change(before: tuple[str, float], after: tuple[str, float]) -> str:
    """Write a host with its minutes, and whether it is another one than before."""
    mark = "" if before[0] == after[0] else "\u00a0*"
    return f"{after[0]}{mark} {number(finite(after[1]), 'min')}"


def must_keep_table(case: ReportCase) -> Iterator[DocumentTable]:
    """Set out where presence or language must be kept, with the days there; if anywhere."""
    found = [_must_keep(one) for one in case.alternatives]
    demands = dict.fromkeys(demand for own in found for demand in own)
    if not demands:
        return
    shared = case.shares_baseline
    columns = (
        Column(text("table.municipality"), width=1.2),
        Column(text("report_document.column.must_keep"), width=3.0),
        *([Column(text("table.baseline"), "level", "days")] if shared else []),
        *(Column(case.label(one), "compared", "days") for one in case.alternatives),
    )
    rows: list[tuple[TableCell, ...]] = []
    for demand in demands:
        days = [own.get(demand, (None, None)) for own in found]
        before = [CellFigure(days[0][0], "days")] if shared else []
        rows.append((*demand, *before, *(_moved_days(*both) for both in days)))
    basis = text("provenance.assumed")
    yield DocumentTable(text("report_document.table.must_keep"), columns, tuple(rows), basis)


def _must_keep(one: Alternative) -> dict[tuple[str, str], tuple[float, float]]:
    """Return municipality and reason -> days a week with presence, before and after."""
    return {
        (row["name"], keep_reason(row)): (
            row["presence_days_baseline"],
            row["presence_days"],
        )
        for row in must_keep(one.instance, one.plan).to_dict("records")
    }


def _moved_days(before: float | None, after: float | None) -> CellFigure:
    moved = None if before is None or after is None else after - before
    return CellFigure(after, "days", moved)


def side_by_side_table(
    case: ReportCase, title: str, figures: _Figures, unit: str, basis: str
) -> DocumentTable:
    """Set one figure of every municipality out, alternative by alternative.

    Parameters
    ----------
    figures : what gives the figure, by code.
    basis : its provenance, in words.
    """
    alternatives = case.alternatives
    columns = (
        Column(text("table.municipality"), width=1.4),
        *([Column(text("table.baseline"), "level", unit)] if case.shares_baseline else []),
        *(Column(case.label(one), "compared", unit, 1.3) for one in alternatives),
    )
    own = [figures(one.instance, one.plan) for one in alternatives]
    before = [figures(one.instance, one.instance.baseline) for one in alternatives]
    rows: list[tuple[TableCell, ...]] = []
    for code, name in case.instance.names.items():
        cells = [
            CellFigure(after[code], unit, after[code] - first[code])
            for after, first in zip(own, before, strict=True)
        ]
        shown = [CellFigure(before[0][code], unit)] if case.shares_baseline else []
        rows.append((name, *shown, *cells))
    return DocumentTable(title, columns, tuple(rows), basis, apart=True)


def minutes_tables(case: ReportCase) -> tuple[DocumentTable, DocumentTable]:
    """Set the minutes to the host, and to the nearest open location, side by side."""
    first = case.alternatives[0]
    basis = text(f"provenance.{figure_provenance(first.instance)['minutes']}")
    host, nearest = (text(f"report_document.table.{name}") for name in ("minutes", "nearest"))
    return (
        side_by_side_table(case, host, host_minutes, "min", basis),
        side_by_side_table(case, nearest, nearest_minutes, "min", basis),
    )


def presence_table(case: ReportCase) -> DocumentTable:
    """Set the days a week with presence side by side."""
    title, basis = text("report_document.table.presence"), text("provenance.assumed")
    return side_by_side_table(case, title, _presence_days, "days", basis)


def _presence_days(_instance: Instance, plan: Plan) -> pd.Series[float]:
    return pd.Series({code: plan.presence_days(code) for code in plan.municipalities})


def cost_sharing_table(one: Alternative, title: str) -> DocumentTable:
    """Set out each municipality's part of its group's yearly costs, by every key side by side."""
    found, names = cost_sharing(one.instance, one.plan), one.instance.names
    columns = (
        Column(text("table.municipality"), width=1.5),
        Column(text("table.host"), width=1.4),
        Column(text("report_document.column.group_cost"), "level", "nok", 1.2),
        *(Column(text(f"effects.by_{key}"), "level", "nok", 1.1) for key in KEYS),
    )
    rows: list[tuple[TableCell, ...]] = [
        (
            names[str(code)],
            names[row["host"]],
            CellFigure(row["group_nok"], "nok"),
            *(CellFigure(row[f"{key}_nok"], "nok") for key in KEYS),
        )
        for code, row in found.to_dict("index").items()
    ]
    return DocumentTable(title, columns, tuple(rows), text("provenance.assumed"))


def _of_both(population: Provenance, fte: Provenance) -> str:
    """Say the provenance of inhabitants and of staff; once where it is the same."""
    if population == fte:
        return text(f"provenance.{fte}")
    return text(
        "report_document.both_bases",
        population=text(f"provenance.{population}"),
        fte=text(f"provenance.{fte}"),
    )


def _of_columns(bases: Mapping[str, Provenance]) -> str:
    """Say the provenance of each column of figures."""
    return "; ".join(
        f"{text(f'report_document.column.{name}')}: {text(f'provenance.{basis}')}"
        for name, basis in bases.items()
    )
