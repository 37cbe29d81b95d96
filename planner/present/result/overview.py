"""A region today and the plans for it, in the words of the start page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - `date` names a field

from planner.assess.direction import DIRECTIONS, Axis
from planner.assess.indicator import Indicator
from planner.assess.plans.dominance import Standing, standings
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.pipeline.result import Result
from planner.present.result.key_figures import KEY_FIGURES
from planner.present.words.dated import baseline_words, form_words
from planner.present.words.text import amount, enumeration, figure, number, text

#: What plans are compared in: the key figures that have a better end.
AXES = tuple(Axis(key, DIRECTIONS[key]) for key in KEY_FIGURES if key in DIRECTIONS)


@dataclass(frozen=True, eq=False)
class Today:
    """A region as it is.

    Attributes
    ----------
    title : of the scenario that describes today's offices, or what today's offices are called.
    instance, plan : the region, and who is served by whom.
    indicators : of the plan, by key.
    staff_fte : of all municipalities and regional units.
    """

    title: str
    instance: Instance
    plan: Plan
    indicators: Mapping[str, Indicator]
    staff_fte: float


def describes_today(result: Result) -> bool:
    """Say whether a result tells how a region is today: by its plan, or by its baseline."""
    return result.plan is not None and (
        result.scenario.form == "today" or result.scenario.baseline == "today"
    )


def today(results: Iterable[Result]) -> Today | None:
    """Return a region as it is, from the result of the latest date that tells.

    Of one date, the first; one of today's form comes first.

    A region whose plans are all set against something else gives None.
    """
    telling = [one for one in results if describes_today(one)]
    telling.sort(key=lambda one: one.scenario.form != "today")
    telling.sort(key=lambda one: one.instance.date or Date.min, reverse=True)
    for result in telling:
        own = result.scenario.form == "today"
        scores = result.scores.items()
        plan = result.plan if own else result.instance.baseline
        if plan is not None:
            return Today(
                result.scenario.title if own else baseline_words("today", result.instance.date),
                result.instance,
                plan,
                {key: one.indicator if own else one.baseline for key, one in scores},
                result.total_fte,
            )
    return None


def region_figures(now: Today) -> list[tuple[str, str, str]]:
    """Return label, figure and provenance of a region's size and of its key figures today."""
    table = now.instance.municipalities
    people = float(table["population"].sum())
    staffed = now.instance.provenance_of("fte")
    sizes = [
        ("population", amount(people, "persons"), now.instance.provenance_of("population")),
        ("municipalities", amount(float(len(table)), "municipalities"), "scenario"),
        ("staff", amount(now.staff_fte, "fte", staffed), staffed),
    ]
    return [
        *((text(f"overview.size.{name}"), value, basis) for name, value, basis in sizes),
        *(
            (text(f"key_figure.{key}"), amount(one.value, one.unit, one.provenance), one.provenance)
            for key, one in ((key, now.indicators[key]) for key in KEY_FIGURES)
        ),
    ]


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
        facts.append(text("app.drawn"))
    else:
        facts.append(text("app.proposed", outcome=text(f"outcome.{solve.outcome}")))
        if solve.relative_gap:
            facts.append(text("app.gap", gap=number(solve.relative_gap, "share")))
    facts.append(text("app.compared_with", baseline=baseline))
    return facts


def stand(results: Mapping[str, Result]) -> dict[str, Standing]:
    """Say of every result with a plan which of the others dominate it in the key figures."""
    plans = {name: (one.instance, one.scores) for name, one in results.items() if one.plan}
    return standings(plans, AXES)


def standing_sentence(standing: Standing, titles: Mapping[str, str]) -> str:
    """Say how a plan stands among those that it can be compared with."""
    if not standing.among:
        return text("overview.alone")
    if standing.dominated_by:
        names = enumeration([titles[one] for one in standing.dominated_by])
        return text("overview.dominated", names=names)
    if len(standing.among) == 1:
        return text("overview.not_dominated_one")
    return text("overview.not_dominated", count=len(standing.among))


def axes_sentence() -> str:
    """Say what plans are compared in, and which end of each figure counts as better."""
    return text(
        "overview.front", figures=enumeration([text(f"overview.axis.{one.key}") for one in AXES])
    )
