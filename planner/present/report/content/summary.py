"""The summary: what is proposed, what to know first, five figures, and for whom it is what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import pandas as pd

from planner.assess.equity import BETTER, winners_and_losers
from planner.pipeline.result import Result
from planner.present.report.blocks import (
    Block,
    Bullets,
    Column,
    DocumentTable,
    Heading,
    Paragraph,
    TableCell,
)
from planner.present.report.case import Alternative, ReportCase, baseline_name
from planner.present.report.tables import indicator_table
from planner.present.result.key_figures import KEY_FIGURES
from planner.present.words.caveats import warnings_about
from planner.present.words.dated import form_words
from planner.present.words.origin import origin_sentence
from planner.present.words.text import figure, number, text

#: What becomes better or worse for a municipality, the nearest to its inhabitants first.
EFFECTS = ("minutes_nearest", "presence_days", "minutes", "uncovered_days", "jobs_fte")
EFFECTS_OF_INFLUENCE = ("is_host", "group_share")
MOST_LISTED_GROUPS = 12
Side = Literal["gain", "loss"]


def summary_chapter(case: ReportCase) -> Iterator[Block]:
    """Write the summary of one plan, or of several."""
    for one in case.alternatives:
        yield Paragraph(_proposed(case, one))
        if case.is_single:
            yield from _groups(one)
            yield Paragraph(proof(one.result))
    yield from _without_plan(case)
    if not case.is_single and not case.shares_baseline:
        yield Paragraph(text("report_document.own_baselines"), "note")
    yield from warnings(case.results)
    yield indicator_table(case, text("report_document.table.key_figures"), KEY_FIGURES)
    if not case.is_single:
        yield Paragraph(text("report.brackets"), "note")
    yield Heading(2, text("report_document.heading.worse"))
    yield from _effects(case, "loss")
    yield Heading(2, text("report_document.heading.better"))
    yield from _effects(case, "gain")
    yield Paragraph(text("report_document.never_netted"), "note")


def without_plan(case: ReportCase) -> Iterator[Block]:
    """Say that there is no plan, and why."""
    yield from _without_plan(case)
    yield from warnings(case.results)
    yield Paragraph(text("report_document.no_plan_next"))


def warnings(results: Iterable[Result]) -> Iterator[Block]:
    """Write what must be known before the figures are used, each warning once."""
    told = dict.fromkeys(warning for result in results for warning in warnings_about(result))
    if told:
        yield Heading(2, text("report_document.heading.warnings"))
        yield from (Paragraph(warning, "warning") for warning in told)


def proof(result: Result) -> str:
    """Say where a plan comes from, and what the solver proved about it."""
    solve = result.solve
    if solve is None:
        return f"{origin_sentence(result)}."
    unproved = solve.outcome == "feasible" and solve.relative_gap is None
    return text(
        f"report_document.proof.{'feasible_unproved' if unproved else solve.outcome}",
        gap=number(solve.relative_gap, "share"),
        solver=solve.solver,
        version=solve.version,
    )


def _proposed(case: ReportCase, one: Alternative) -> str:
    people = float(one.instance.municipalities["population"].sum())
    return text(
        "report_document.proposed",
        label=case.label(one),
        title=one.title,
        offices=figure(len(one.plan.groups), "offices"),
        municipalities=figure(len(one.plan.municipalities), "municipalities"),
        inhabitants=number(people, "persons"),
        before=figure(len(one.instance.baseline.groups), "offices"),
        baseline=baseline_name(one.result),
        form=form_words(one.plan.form, one.instance.date),
    )


def _groups(one: Alternative) -> Iterator[Block]:
    shared = {host: members for host, members in one.plan.groups.items() if len(members) > 1}
    if not 1 <= len(shared) <= MOST_LISTED_GROUPS:
        return
    items = [
        text(
            "report_document.group",
            host=one.instance.names[host],
            members=one.names(code for code in members if code != host),
        )
        for host, members in shared.items()
    ]
    alone = [host for host in one.plan.groups if host not in shared]
    if alone:
        items.append(text("report_document.own_offices", names=one.names(alone)))
    yield Bullets(tuple(items))


def _without_plan(case: ReportCase) -> Iterator[Block]:
    for result in case.results:
        if result.plan is None and result.solve is not None:
            title = " ".join(result.scenario.title.split())
            yield Paragraph(
                text(f"report_document.no_plan.{result.solve.outcome}", title=title), "warning"
            )


def _effects(case: ReportCase, side: Side) -> Iterator[Block]:
    """Write for whom things become better, or worse: sentences of one plan, a table of several."""
    told = {one.number: dict(_told(one, side)) for one in case.alternatives}
    shown = [
        name for name in (*EFFECTS, *EFFECTS_OF_INFLUENCE) if any(name in t for t in told.values())
    ]
    if not shown:
        nothing = {"gain": "report_document.no_gain", "loss": "report_document.no_loss"}
        yield Paragraph(text(nothing[side]))
    elif case.is_single:
        (of_plan,) = told.values()
        yield Bullets(tuple(f"{_effect(side, name)}: {of_plan[name]}." for name in shown))
    else:
        columns = (
            Column(text(f"report_document.column.{side}"), width=1.6),
            *(Column(case.label(one), width=2.0) for one in case.alternatives),
        )
        nobody = text("report_document.nobody")
        rows: list[tuple[TableCell, ...]] = [
            (_effect(side, name), *(own.get(name, nobody) for own in told.values()))
            for name in shown
        ]
        basis = text("report_document.effects_basis")
        yield DocumentTable(text(f"report_document.table.{side}"), columns, tuple(rows), basis)


def _effect(side: Side, name: str) -> str:
    if side == "gain":
        return text(f"report_document.gain.{name}")
    return text(f"report_document.loss.{name}")


def _told(one: Alternative, side: Side) -> Iterator[tuple[str, str]]:
    found = winners_and_losers(one.instance, one.plan)
    people = one.instance.municipalities["population"].astype(float)
    for name in ("is_host", *BETTER):
        concerned = _concerned(found["gains" if side == "gain" else "losses"], name)
        if concerned:
            yield (
                name,
                text(
                    "report_document.for_whom",
                    names=one.names(concerned),
                    inhabitants=number(float(people[concerned].sum()), "persons"),
                ),
            )


def _concerned(named: pd.Series, name: str) -> list[str]:
    return [str(code) for code, figures in named.items() if name in figures]
