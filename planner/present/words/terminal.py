"""Results as plain text for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from planner.assess.access import municipality_table
from planner.assess.scorecard import Score
from planner.pipeline.result import Result
from planner.present.words.caveats import warnings_beside
from planner.present.words.dated import of_years
from planner.present.words.origin import origin_sentence
from planner.present.words.staff_band import fte_band, has_band
from planner.present.words.text import (
    amount,
    change,
    figure,
    number,
    signed_amount,
    span,
    text,
    unit_name,
)
from planner.provenance import weakest

GAP = "  "


def report(result: Result) -> str:
    """Write one result: what was proved, the offices, the municipalities and the indicators."""
    parts = [result.scenario.title, "=" * min(len(result.scenario.title), 100), ""]
    parts += [_solved(result), _staff(result), ""]
    if result.plan is not None:
        parts += [_groups(result), "", _municipalities(result), "", _indicators(result)]
    return "\n".join(parts)


def comparison_report(results: Sequence[Result]) -> str:
    """Write several results side by side, an indicator a row, changes in brackets."""
    numbers = [f"[{place}]" for place in range(1, len(results) + 1)]
    lines = [
        f"{place} {result.scenario.title}" for place, result in zip(numbers, results, strict=True)
    ]
    keys = dict.fromkeys(key for result in results for key in result.scores)
    rows = [[text("table.indicator"), text("table.unit"), *numbers]]
    for family, members in groupby(keys, key=lambda key: key.split(".")[0]):
        rows.append([text(f"family.{family}").upper(), "", *("" for _ in results)])
        for key in members:
            unit = next(one.scores[key].indicator.unit for one in results if key in one.scores)
            figures = [_with_change(result.scores.get(key)) for result in results]
            rows.append([text(f"indicator.{key}"), unit_name(unit), *figures])
    told = [*warnings_beside(results), text("report.brackets")]
    return "\n".join([*lines, *told, "", aligned(rows, left=2)])


def _solved(result: Result) -> str:
    solve = result.solve
    if solve is None:
        return origin_sentence(result)
    outcome = text(f"outcome.{solve.outcome}")
    if solve.objective is None:
        return text("report.unsolved", outcome=outcome, solver=solve.solver, version=solve.version)
    return text(
        "report.solved",
        outcome=outcome,
        objective=_cost(solve.objective),
        bound=_cost(solve.bound),
        gap="–" if solve.relative_gap is None else f"{solve.relative_gap:.4%}",
        solver=solve.solver,
        version=solve.version,
    )


def _cost(value: float | None) -> str:
    """Write an objective, whose size the weights decide: four decimals, and no fewer digits."""
    if value is None:
        return "–"
    return f"{value:.4g}" if 0 < abs(value) < 0.1 else f"{value:.4f}"  # noqa: PLR2004


def _staff(result: Result) -> str:
    total, regional = result.total_fte, result.instance.regional_fte
    basis = result.instance.provenance_of("fte")
    if not regional:
        return text("report.total_without_regional", total=number(total, "fte", basis))
    return text("report.total", total=number(total, "fte", basis), regional=number(regional, "fte"))


def _groups(result: Result) -> str:
    plan, instance = result.plan, result.instance
    if plan is None:
        return ""
    headings = ("host", "members", "population", "fte")
    known = instance.municipalities
    rows = [[of_years(text(f"table.{heading}"), known, heading) for heading in headings]]
    for host, members in plan.groups.items():
        figures = instance.municipalities.loc[list(members)]
        others = [instance.names[code] for code in members if code != host]
        mark = f" ({text('table.exempt')})" if host in plan.exempt else ""
        rows.append(
            [
                instance.names[host] + mark,
                ", ".join(others) or "–",
                number(float(figures["population"].sum()), "persons"),
                number(float(figures["fte"].sum()), "fte", weakest(figures["fte_provenance"])),
            ]
        )
    return f"{text('report.groups')}\n{aligned(rows, left=2)}"


def _municipalities(result: Result) -> str:
    if result.plan is None:
        return ""
    columns = {
        "minutes": "min",
        "minutes_nearest": "min",
        "km": "km",
        "presence_days": "",
        "population": "persons",
        "fte": "fte",
    }
    table = municipality_table(result.instance, result.plan)
    names = ("municipality", "host", *columns)
    band = has_band(table)
    rows = [[of_years(text(f"table.{name}"), table, name) for name in names]]
    rows[0] += [text("table.fte_band")] if band else []
    for row in table.to_dict("records"):
        figures = [
            _shown(row[name], unit, row.get(f"{name}_provenance", ""))
            for name, unit in columns.items()
        ]
        rows.append([row["name"], row["host"], *figures, *([fte_band(row)] if band else [])])
    return aligned(rows, left=2)


def _indicators(result: Result) -> str:
    headings = ("indicator", "value", "range", "baseline", "change", "provenance")
    rows = [[text(f"table.{heading}") for heading in headings]]
    for key, score in result.scores.items():
        unit, basis = score.indicator.unit, score.indicator.provenance
        rows.append(
            [
                text(f"indicator.{key}"),
                figure(score.indicator.value, unit, basis),
                span(score.indicator.low, score.indicator.high, unit, basis),
                figure(score.baseline.value, unit, basis),
                change(score.change, unit, basis),
                text(f"provenance.{basis}"),
            ]
        )
    return f"{text('report.indicators')}\n{aligned(rows)}"


def _with_change(score: Score | None) -> str:
    """Write a figure and, in brackets, its change from the baseline if there is any."""
    if score is None:
        return amount(None, "")
    unit, basis = score.indicator.unit, score.indicator.provenance
    value = amount(score.indicator.value, unit, basis)
    moved = signed_amount(score.change, unit, basis)
    return f"{value} ({moved})" if moved else value


def _shown(value: float, unit: str, provenance: str) -> str:
    return number(value if value < float("inf") else None, unit, provenance)


def aligned(rows: list[list[str]], left: int = 1) -> str:
    """Align columns; the first `left` to the left, the others, which hold figures, to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        GAP.join(
            cell.ljust(width) if column < left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
