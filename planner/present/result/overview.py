"""A region's alternatives in the words of the start page: a few lines each, and one table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from planner.assess.access import WORKING_DAYS_A_WEEK, host_minutes
from planner.assess.equity import must_keep
from planner.assess.law import law_findings
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.pipeline.result import Result
from planner.present.result.key_figures import KEY_FIGURES
from planner.present.words.dated import form_words
from planner.present.words.findings import all_names, finding_sentence
from planner.present.words.origin import origin_words
from planner.present.words.text import (
    amount,
    enumeration,
    figure,
    number,
    signed_amount,
    spoken,
    text,
)

#: What the law does not allow, or watches with care: stands before everything else.
LAW = frozenset({"law.close_cooperation", "law.cross_county", "law.state_only_shared_office"})
TABLE = (
    *KEY_FIGURES,
    "equity.presence_lost_municipalities",
    "equity.must_keep_lost_municipalities",
)
#: So many municipalities are named in a line; of more, their number is told as well.
MOST_NAMED = 4
LEAST_LONGER_MIN = 0.5  # a way that rounds to the same is not longer


@dataclass(frozen=True)
class Row:
    """A figure in every alternative, in words; an empty cell where it has none."""

    label: str
    cells: tuple[str, ...]


def plan_facts(result: Result, baseline: str) -> list[str]:
    """Say in a few words what kind of plan a result has, and what is proved about it.

    Parameters
    ----------
    result : with or without a plan.
    baseline : what the baseline is called.
    """
    scenario, solve = result.scenario, result.solve
    instance = result.instance
    staff = figure(result.total_fte, "fte", instance.provenance_of("fte"))
    facts = [form_words(scenario.form, instance.date), staff]
    if solve is None:
        facts.append(origin_words(result))
    else:
        facts.append(text("app.proposed", outcome=text(f"outcome.{solve.outcome}")))
        if solve.relative_gap:
            facts.append(text("app.gap", gap=number(solve.relative_gap, "share")))
    facts.append(text("app.compared_with", baseline=baseline))
    return facts


def losses(result: Result) -> list[str]:
    """Say what stands in the way of a plan, or is lost for good; nothing without a plan.

    That is what the law says, what must be kept where, and who is left without any presence.
    """
    instance, plan = result.instance, result.plan
    if plan is None:
        return []
    names = all_names(instance)
    told = [finding_sentence(one, names) for one in law_findings(instance, plan) if one.key in LAW]
    kept = must_keep(instance, plan)
    unkept = dict.fromkeys(kept.loc[[one is False for one in kept["kept"]], "code"])
    if unkept:
        told.append(text("alternative.unkept", names=_named(unkept, instance)))
    before = instance.baseline
    left = [
        code
        for code in plan.municipalities
        if plan.presence_days(code) == 0 < before.presence_days(code) and code not in unkept
    ]
    if left:
        told.append(text("alternative.no_presence", names=_named(dict.fromkeys(left), instance)))
    return told


def plan_lines(result: Result, baseline: str) -> list[str]:
    """Say of a plan how many offices it has, who gets the longest new way, and who loses a day.

    Parameters
    ----------
    result : with or without a plan; nothing is said without.
    baseline : what the baseline is called, with its date where it has one.
    """
    if result.plan is None:
        return []
    offices = result.scores["structure.offices"]
    return [
        text(
            "alternative.offices",
            now=figure(offices.indicator.value, "offices"),
            before=number(offices.baseline.value, "offices"),
            baseline=baseline,
        ),
        _longest_new_way(result.instance, result.plan),
        _daily_presence(result.instance, result.plan),
    ]


def table_rows(results: Mapping[str, Result]) -> list[Row]:
    """Set the key figures of several results side by side, each with its change in parentheses."""
    return [_row(key, results) for key in TABLE]


def _row(key: str, results: Mapping[str, Result]) -> Row:
    name = f"key_figure.{key}" if key in KEY_FIGURES else f"indicator.{key}"
    return Row(text(name), tuple(_cell(key, one) for one in results.values()))


def _cell(key: str, result: Result) -> str:
    if result.plan is None:
        return ""
    score = result.scores[key]
    unit, basis = score.indicator.unit, score.indicator.provenance
    moved = signed_amount(score.change, unit, basis)
    written = amount(score.indicator.value, unit, basis)
    return f"{written} ({moved})" if moved else written


def _longest_new_way(instance: Instance, plan: Plan) -> str:
    """Say who has the longest way among those whose way to the host grows."""
    minutes, before = host_minutes(instance, plan), host_minutes(instance, instance.baseline)
    longer = minutes[minutes - before >= LEAST_LONGER_MIN]
    if longer.empty:
        return text("alternative.no_longer_way")
    code = str(longer.idxmax())
    return text(
        "alternative.longest_way",
        name=instance.names[code],
        minutes=spoken(float(minutes[code]), "min"),
        host=instance.names[plan.host_of[code]],
        before=spoken(float(before[code]), "min"),
    )


def _daily_presence(instance: Instance, plan: Plan) -> str:
    lost = dict.fromkeys(_without_daily(instance, plan))
    if not lost:
        return text("alternative.daily_kept")
    return text("alternative.daily_lost", names=_named(lost, instance))


def _without_daily(instance: Instance, plan: Plan) -> Iterator[str]:
    for code in plan.municipalities:
        if plan.presence_days(code) < WORKING_DAYS_A_WEEK <= instance.baseline.presence_days(code):
            yield code


def _named(codes: Mapping[str, object], instance: Instance) -> str:
    """Name municipalities; of many, the first and how many they are."""
    names = [instance.names[code] for code in codes]
    if len(names) <= MOST_NAMED:
        return enumeration(names)
    shown = enumeration(names[:MOST_NAMED])
    return text("alternative.among", count=len(names), names=shown)
