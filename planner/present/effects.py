"""What a plan asks of each group and means for each municipality, as text for the terminal."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from planner.assess.cost_sharing import KEYS, cost_sharing
from planner.assess.equity import BETTER, figure_provenance, must_keep, winners_and_losers
from planner.assess.services import Codes, Harmonisation, harmonisation
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.present.tables import aligned
from planner.present.text import Language, enumeration, number, text

UNITS = {
    "minutes": "min",
    "minutes_nearest": "min",
    "jobs_fte": "fte",
    "group_share": "share",
    "uncovered_days": "days",
}


def harmonisation_report(instance: Instance, plan: Plan, language: Language = "nb") -> str:
    """Write what each group must make equal, and what is not known about its members."""
    groups = harmonisation(instance, plan)
    if not groups:
        return text("effects.nothing_to_harmonise", language)
    return "\n\n".join("\n".join(_group_lines(group, instance.names, language)) for group in groups)


def cost_sharing_report(instance: Instance, plan: Plan, language: Language = "nb") -> str:
    """Write each municipality's part of its group's yearly costs by every key, side by side."""
    table = cost_sharing(instance, plan)
    headings = ("municipality", "host", "group_cost", *(f"by_{key}" for key in KEYS))
    rows = [[text(f"effects.{heading}", language) for heading in headings]]
    for code, row in table.iterrows():
        by_key = [_shared(row[f"{key}_nok"], row[f"{key}_share"], language) for key in KEYS]
        names = [instance.names[str(code)], instance.names[row["host"]]]
        rows.append([*names, _amount(row["group_nok"], "nok", language), *by_key])
    lines = [text("effects.shared_costs", language), aligned(rows, left=2)]
    if (table["users_provenance"] == "estimated").any():
        lines.append(text("effects.no_visits", language))
    return "\n".join(lines)


def winners_report(instance: Instance, plan: Plan, language: Language = "nb") -> str:
    """Write every municipality's figures before and after, and what must be kept; no sums."""
    table = winners_and_losers(instance, plan)
    headings = ("municipality", "host", *BETTER, "gains", "losses")
    rows = [[text(f"effects.{heading}", language) for heading in headings]]
    for row in table.to_dict("records"):
        host = _moved(instance.names[row["host_baseline"]], instance.names[row["host"]])
        figures = [_figure_moved(row, name, language) for name in BETTER]
        named = [
            ", ".join(text(f"effects.{name}", language).lower() for name in row[side]) or "–"
            for side in ("gains", "losses")
        ]
        rows.append([row["name"], host, *figures, *named])
    bases = [
        f"{text(f'effects.{name}', language)} {text(f'provenance.{basis}', language)}"
        for name, basis in figure_provenance(instance, plan).items()
    ]
    basis = f"{text('table.provenance', language)}: {', '.join(bases)}."
    kept = _kept(must_keep(instance, plan), language)
    return "\n".join([aligned(rows, left=2), basis, *kept])


def _group_lines(
    group: Harmonisation, names: Mapping[str, str], language: Language
) -> Iterator[str]:
    def of(codes: Codes) -> str:
        return enumeration([names[code] for code in codes], language)

    yield text("effects.group", language, host=names[group.host])
    for one in group.services:
        yield "  " + text(
            "effects.service",
            language,
            service=one.service,
            offered_by=of(one.offered_by),
            others=of(one.not_offered_by),
        )
    for system, codes in group.case_systems.items():
        yield "  " + text("effects.case_system", language, system=system, names=of(codes))
    for code, hours in group.opening_hours.items():
        yield "  " + text("effects.opening_hours", language, name=names[code], hours=hours)
    for what, codes in (
        ("services", group.unknown_services),
        ("case_systems", group.unknown_case_systems),
        ("opening_hours", group.unknown_opening_hours),
    ):
        if codes:
            yield "  " + text(f"effects.unknown_{what}", language, names=of(codes))


def _kept(rows: pd.DataFrame, language: Language) -> Iterator[str]:
    for row in rows.to_dict("records"):
        kept = {True: "kept", False: "lost", None: "unknown"}[row["kept"]]
        yield text(
            f"effects.must_keep_{kept}",
            language,
            name=row["name"],
            reason=row["reason"] or text("effects.sami_area", language),
            before=number(row["presence_days_baseline"], "", language),
            after=number(row["presence_days"], "", language),
        )


def _shared(amount: float, share: float, language: Language) -> str:
    return f"{_amount(amount, 'nok', language)} ({_amount(share, 'share', language)})"


def _figure_moved(row: Mapping[Hashable, Any], name: str, language: Language) -> str:
    unit = UNITS.get(name, "")
    return _moved(
        _amount(row[f"{name}_baseline"], unit, language), _amount(row[name], unit, language)
    )


def _moved(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"


def _amount(value: float, unit: str, language: Language) -> str:
    return number(value if abs(value) < float("inf") else None, unit, language)
