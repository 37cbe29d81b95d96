"""One municipality in every scenario of its region: all that its council needs, as data.

The page of the app and the static site lay this out; every figure carries its provenance, and
gains and losses stand side by side without a sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from planner.assess.economy.sharing import KEYS
from planner.assess.equity import BETTER, LEAST_CHANGE
from planner.assess.withdrawal.rules import Minimum
from planner.model.instance import Instance
from planner.pipeline.result import Result
from planner.present.municipality.facts import WAYS, Facts, council_of, facts_of, finite_or_none
from planner.present.municipality.now import Now, newest, what_is_now
from planner.present.municipality.sections import Section, sections
from planner.present.municipality.summary import Line, municipality_summary
from planner.present.result.trade_offs import TradeOffs, spoken_figure, trade_off
from planner.present.words.caveats import warnings_about
from planner.present.words.dated import baseline_words, of_years
from planner.present.words.text import number, text
from planner.provenance import Provenance
from planner.scenario.resolved import title_of_baseline
from planner.scenario.vocabulary import BASELINES

#: Units that are written after their figures; the names of the other figures tell theirs.
SPOKEN = frozenset({"min", "days", "fte"})
_Judgement = Literal["better", "worse", "changed", "unchanged", "unknown"]


@dataclass(frozen=True)
class Fact:
    """One figure of a municipality in one scenario, beside the baseline's.

    Attributes
    ----------
    key : ``municipality.fact.<key>`` names it.
    value, before : in `unit`; None where not defined, or where the fact is a word.
    unit : as of indicators.
    written, change : as people read them; the change is empty where there is none.
    judgement : whether the change is to the better, where nobody would argue about it.
    provenance : the weakest among its inputs.
    """

    key: str
    value: float | None
    before: float | None
    unit: str
    written: str
    change: str
    judgement: _Judgement
    provenance: Provenance


@dataclass(frozen=True)
class Chapter:
    """One scenario, from one municipality's point of view.

    Attributes
    ----------
    result : what is told about.
    title, baseline : titles of the scenario, and of what its changes are counted from.
    summary : the whole in short, a sentence each.
    trade_offs : what the municipality loses and gains, the weightiest first.
    facts : the figures, the same in every scenario and in the same order.
    sections : the details.
    warnings : what must be known before the figures are used.
    """

    result: Result
    title: str
    baseline: str
    summary: tuple[Line, ...]
    trade_offs: TradeOffs
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class MunicipalityPage:
    """A municipality, what it has, and a chapter for every scenario that it is in."""

    code: str
    name: str
    about: tuple[Line, ...]
    now: Now
    chapters: tuple[Chapter, ...]

    def chapter_of(self, result: Result | None = None) -> Chapter:
        """Return the chapter of a result; of none, of the newest plan that changes something.

        Plans drawn by people go before proposals.
        """
        for one in self.chapters:
            if one.result is result:
                return one
        first = newest([one.result for one in self.chapters])
        first.sort(key=_is_usual, reverse=True)
        return next(one for one in self.chapters if one.result is first[0])


def municipality_page(results: Sequence[Result], code: str) -> MunicipalityPage:
    """Gather everything about one municipality in those scenarios that it is in.

    Parameters
    ----------
    results : of one region's scenarios, in the order in which they are told.
    code : of the municipality.

    Raises
    ------
    KeyError : none of the scenarios has the municipality.
    """
    inside = [result for result in results if code in result.instance.names]
    if not inside:
        raise KeyError(code)
    instance = inside[0].instance
    chapters = tuple(_chapter(result, code) for result in inside)
    return MunicipalityPage(
        code,
        instance.names[code],
        tuple(_about(instance, code)),
        what_is_now(inside, code),
        chapters,
    )


def municipalities_of(results: Sequence[Result]) -> dict[str, str]:
    """Return code -> name of all municipalities that any scenario has, sorted by name."""
    names = {code: name for result in results for code, name in result.instance.names.items()}
    return dict(sorted(names.items(), key=lambda item: (item[1], item[0])))


def baseline_heading(result: Result) -> str:
    """Return the title of the plan from which a result's changes are counted."""
    name = result.scenario.baseline
    if name in BASELINES:
        return baseline_words(name, result.instance.date)
    return title_of_baseline(result.scenario)


def _is_usual(result: Result) -> tuple[bool, bool]:
    """Order what a reader wants to see first last: a plan, and one drawn by people."""
    plan = result.plan
    return plan is not None and plan.form != "today", plan is not None and result.solve is None


def _chapter(result: Result, code: str) -> Chapter:
    facts = facts_of(result)
    return Chapter(
        result=result,
        title=result.scenario.title,
        baseline=baseline_heading(result),
        summary=tuple(municipality_summary(facts, code)) if facts else (),
        trade_offs=trade_off(facts.instance, code, facts.figures[code], facts.keeps)
        if facts
        else TradeOffs(),
        facts=tuple(_facts(facts, code)) if facts else (),
        sections=tuple(sections(facts, code)) if facts else (),
        warnings=warnings_about(result),
    )


def _about(instance: Instance, code: str) -> Iterator[Line]:
    row: Any = instance.municipalities.loc[code]
    population = number(float(row["population"]), "persons")
    yield Line(
        of_years(
            text("municipality.about.population", population=population),
            instance.municipalities.loc[[code]],
            "population",
        ),
        row["population_provenance"],
    )
    council = council_of(instance, code)
    if council:
        place = text("municipality.about.council", council=council, county=row["county"])
    else:
        place = text("municipality.about.no_council", county=row["county"])
    yield Line(place, "observed")
    if row["sami_admin_area"]:
        yield Line(text("municipality.about.sami_area"), "observed")


def _facts(facts: Facts, code: str) -> Iterator[Fact]:
    yield _host(facts, code)
    yield from _ways(facts, code)
    yield from _staff(facts, code)
    yield from _work(facts, code)
    yield from _influence(facts, code)
    for key in KEYS:
        yield _fact(
            f"cost_{key}_nok",
            finite_or_none(facts.costs[code][f"{key}_nok"]),
            finite_or_none(facts.costs_before[code][f"{key}_nok"]),
            unit="nok_per_year",
            provenance="assumed",
        )


def _host(facts: Facts, code: str) -> Fact:
    names = facts.instance.names
    host, before = facts.plan.host_of[code], facts.instance.baseline.host_of[code]
    moved = "" if host == before else text("municipality.before", before=names[before])
    judgement: _Judgement = "unchanged" if host == before else "changed"
    if facts.is_cooperation and len(facts.group(code)) > 1:
        led = text("municipality.led_from", host=names[host])
        return Fact("host", None, None, "", led, moved, judgement, "scenario")
    if host != before:
        judgement = "worse" if before == code else "better" if host == code else "changed"
    return Fact("host", None, None, "", names[host], moved, judgement, "scenario")


def _ways(facts: Facts, code: str) -> Iterator[Fact]:
    for key, unit, provenance in (
        ("minutes", "min", WAYS),
        ("minutes_nearest", "min", WAYS),
        ("presence_days", "days", "assumed"),
    ):
        yield _compared(facts, code, key, unit=unit, provenance=provenance)


def _staff(facts: Facts, code: str) -> Iterator[Fact]:
    own, movers = facts.own_provenance("fte", [code]), facts.movers(code)
    leaving = facts.moving_fte([code]) if facts.moves(code) else 0.0
    yield _fact("own_fte", facts.fte([code]), None, unit="fte", provenance=own)
    yield _fact("leaving_fte", leaving, None, unit="fte", provenance=own)
    arriving = facts.own_provenance("fte", movers) if movers else own
    yield _fact("arriving_fte", facts.moving_fte(movers), None, unit="fte", provenance=arriving)
    everyone = sorted({*facts.group(code), *facts.group_before(code)})
    provenance = facts.own_provenance("fte", everyone)
    if facts.is_cooperation:  # nobody is host, and nobody changes employer
        yield _fact("jobs_fte", None, None, unit="fte", provenance=provenance)
    else:
        yield _compared(facts, code, "jobs_fte", unit="fte", provenance=provenance)


def _work(facts: Facts, code: str) -> Iterator[Fact]:
    group = facts.services.get(facts.plan.host_of[code])
    own: float | None = 0.0
    others: float | None = 0.0
    if group is None:
        pass  # shares with nobody: nothing to make equal
    elif code in group.unknown_services or len(facts.group(code)) - len(group.unknown_services) < 2:  # noqa: PLR2004 - two can be compared
        own = others = None
    else:
        own = float(sum(code in one.offered_by for one in group.services))
        others = float(sum(code in one.not_offered_by for one in group.services))
    known = facts.instance.services_provenance.get(code, "observed")
    yield _fact("services_own", own, None, unit="services", provenance=known)
    yield _fact("services_others", others, None, unit="services", provenance=known)
    yield _compared(facts, code, "uncovered_days", unit="days", provenance="assumed")


def _influence(facts: Facts, code: str) -> Iterator[Fact]:
    members = sorted({*facts.group(code), *facts.group_before(code)})
    provenance = facts.own_provenance("population", members)
    yield _compared(facts, code, "group_share", unit="share", provenance=provenance)
    yield _fact(
        "members",
        float(len(facts.group(code))),
        float(len(facts.group_before(code))),
        unit="municipalities",
        provenance="scenario",
    )
    withdrawal = facts.withdrawals.get(code)
    if withdrawal is None:
        key = "alone"
    elif not withdrawal.met_before:
        key = "too_small"
    else:
        key = "needed" if withdrawal.decisive else "not_needed"
    if Minimum.of(facts.instance) == Minimum(0.0, 0.0):
        key = "no_minimum"
    written = text(f"municipality.decisive.{key}")
    yield Fact("decisive", None, None, "", written, "", "unchanged", "assumed")


def _compared(facts: Facts, code: str, key: str, *, unit: str, provenance: Provenance) -> Fact:
    """Make a fact of a figure of `winners_and_losers`."""
    row = facts.figures[code]
    value, before = float(row[key]), float(row[f"{key}_baseline"])
    judgement = _judged(float(row[f"{key}_change"]), BETTER[key])
    written, was = (_written(key, one, unit, provenance) for one in (value, before))
    change = "" if written == was else text("municipality.before", before=was)
    return Fact(
        key,
        finite_or_none(value),
        finite_or_none(before),
        unit,
        written,
        "" if judgement == "unknown" else change,
        judgement if change else "unchanged",
        provenance,
    )


def _judged(change: float, better: int) -> _Judgement:
    if np.isnan(change):
        return "unknown"
    if abs(change) < LEAST_CHANGE:
        return "unchanged"
    return "better" if change * better > 0 else "worse"


def _fact(
    key: str, value: float | None, before: float | None, *, unit: str, provenance: Provenance
) -> Fact:
    """Make a fact whose change is neither better nor worse."""
    written, was = (_written(key, one, unit, provenance) for one in (value, before))
    changed = value is not None and before is not None and written != was
    moved = text("municipality.before", before=was) if changed else ""
    judgement: _Judgement = "unknown" if value is None else "changed" if changed else "unchanged"
    return Fact(key, value, before, unit, written, moved, judgement, provenance)


def _written(key: str, value: float | None, unit: str, provenance: str) -> str:
    """Write a figure; with its unit where its name does not tell that."""
    if value is not None and unit in SPOKEN:
        return spoken_figure(key, value, unit, provenance)
    return number(None if value is None or np.isnan(value) else value, unit, provenance)
