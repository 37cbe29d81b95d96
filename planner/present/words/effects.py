"""What a plan asks of each group and means for each municipality, as text for the terminal."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from planner.assess.economy.sharing import KEYS, cost_sharing
from planner.assess.equity import BETTER, figure_provenance, must_keep, winners_and_losers
from planner.assess.services import Harmonisation, _Codes, harmonisation
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.present.words.terminal import aligned
from planner.present.words.text import enumeration, number, text

UNITS = {
    "minutes": "min",
    "minutes_nearest": "min",
    "jobs_fte": "fte",
    "group_share": "share",
    "uncovered_days": "days",
}


def harmonisation_report(instance: Instance, plan: Plan) -> str:
    """Write what each group must make equal, and what is not known about its members."""
    groups = harmonisation(instance, plan)
    if not groups:
        return text("effects.nothing_to_harmonise")
    return "\n\n".join("\n  ".join(_group_lines(group, instance.names)) for group in groups)


def harmonisation_notes(instance: Instance, plan: Plan) -> list[str]:
    """Say the same, a sentence or a group's heading each."""
    groups = harmonisation(instance, plan)
    told = [line for group in groups for line in _group_lines(group, instance.names)]
    return told or [text("effects.nothing_to_harmonise")]


def cost_sharing_report(instance: Instance, plan: Plan) -> str:
    """Write each municipality's part of its group's yearly costs by every key, side by side."""
    heading, *notes = cost_sharing_notes(instance, plan)
    return "\n".join([heading, aligned(cost_sharing_rows(instance, plan), left=2), *notes])


def cost_sharing_rows(instance: Instance, plan: Plan) -> list[list[str]]:
    """Return a row a municipality, headings first: its part of the costs by every key."""
    headings = ("municipality", "host", "group_cost", *(f"by_{key}" for key in KEYS))
    rows = [[text(f"effects.{heading}") for heading in headings]]
    for code, row in cost_sharing(instance, plan).iterrows():
        by_key = [_shared(row[f"{key}_nok"], row[f"{key}_share"]) for key in KEYS]
        names = [instance.names[str(code)], instance.names[row["host"]]]
        rows.append([*names, _amount(row["group_nok"], "nok"), *by_key])
    return rows


def cost_sharing_notes(instance: Instance, plan: Plan) -> list[str]:
    """Say what the parts are parts of, and where a key is estimated."""
    estimated = (cost_sharing(instance, plan)["users_provenance"] == "estimated").any()
    return [text("effects.shared_costs"), *([text("effects.no_visits")] if estimated else [])]


def winners_report(instance: Instance, plan: Plan) -> str:
    """Write every municipality's figures before and after, and what must be kept; no sums."""
    table = aligned(winners_rows(instance, plan), left=2)
    return "\n".join([table, *winners_notes(instance, plan)])


def winners_rows(instance: Instance, plan: Plan) -> list[list[str]]:
    """Return a row a municipality, headings first: its figures before and after."""
    table = winners_and_losers(instance, plan)
    headings = ("municipality", "host", *BETTER, "gains", "losses")
    rows = [[text(f"effects.{heading}") for heading in headings]]
    for row in table.to_dict("records"):
        host = _moved(instance.names[row["host_baseline"]], instance.names[row["host"]])
        figures = [_figure_moved(row, name) for name in BETTER]
        named = [
            ", ".join(text(f"effects.{name}").lower() for name in row[side]) or "–"
            for side in ("gains", "losses")
        ]
        rows.append([row["name"], host, *figures, *named])
    return rows


def winners_notes(instance: Instance, plan: Plan) -> list[str]:
    """Say what the figures rest on, and what must be kept."""
    bases = [
        f"{text(f'effects.{name}')} {text(f'provenance.{basis}')}"
        for name, basis in figure_provenance(instance).items()
    ]
    kept = kept_lines(must_keep(instance, plan))
    return [f"{text('table.provenance')}: {', '.join(bases)}.", *kept]


def known_lines(group: Harmonisation, names: Mapping[str, str]) -> Iterator[str]:
    """Say which case systems and opening hours of a group are known."""
    for system, codes in group.case_systems.items():
        members = enumeration([names[code] for code in codes])
        yield text("effects.case_system", system=system, names=members)
    for code, hours in group.opening_hours.items():
        yield text("effects.opening_hours", name=names[code], hours=hours)


def unknown_codes(group: Harmonisation) -> dict[str, _Codes]:
    """Return what is not known -> the members about whom it is not, by code."""
    unknown = {
        "services": group.unknown_services,
        "case_systems": group.unknown_case_systems,
        "opening_hours": group.unknown_opening_hours,
    }
    return {what: codes for what, codes in unknown.items() if codes}


def _group_lines(group: Harmonisation, names: Mapping[str, str]) -> Iterator[str]:
    def of(codes: _Codes) -> str:
        return enumeration([names[code] for code in codes])

    yield text("effects.group", host=names[group.host])
    for one in group.services:
        yield text(
            "effects.service",
            service=one.service,
            offered_by=of(one.offered_by),
            others=of(one.not_offered_by),
        )
    yield from known_lines(group, names)
    for what, codes in unknown_codes(group).items():
        yield text(f"effects.unknown_{what}", names=of(codes))


def kept_lines(rows: pd.DataFrame) -> Iterator[str]:
    """Say of every requirement of `must_keep` whether a plan keeps it."""
    for row in rows.to_dict("records"):
        kept = {True: "kept", False: "lost", None: "unknown"}[row["kept"]]
        yield text(
            f"effects.must_keep_{kept}",
            name=row["name"],
            reason=keep_reason(row),
            before=number(row["presence_days_baseline"], ""),
            after=number(row["presence_days"], ""),
        )


def _shared(amount: float, share: float) -> str:
    return f"{_amount(amount, 'nok')} ({_amount(share, 'share')})"


def _figure_moved(row: Mapping[Hashable, Any], name: str) -> str:
    unit = UNITS.get(name, "")
    return _moved(_amount(row[f"{name}_baseline"], unit), _amount(row[name], unit))


def _moved(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"


def _amount(value: float, unit: str) -> str:
    return number(value if abs(value) < float("inf") else None, unit)


def keep_reason(row: Mapping[Any, Any]) -> str:
    """Say why something must be kept: a row of `must_keep`, with category and language if any."""
    if row["reason"]:
        return str(row["reason"])
    words = text(f"effects.{row['keeps']}")
    more = [text(f"effects.{row[name].lower()}") for name in ("category", "language") if row[name]]
    return f"{words} ({', '.join(more)})" if more else words
