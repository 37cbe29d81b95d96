"""A proposal in words and tables: what was proved, what it weighs, and what else there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from planner.model.instance import Instance
from planner.model.limits import TERMS, WEIGHTS, crossed
from planner.model.plan import Plan
from planner.model.request import Request
from planner.model.weights import Weights
from planner.optimise.explain.diagnose import Diagnosis
from planner.optimise.explain.limit_change import LimitChange
from planner.optimise.explain.why import OtherHost
from planner.optimise.grouping.objective import objective_of, terms_of
from planner.optimise.judge import BrokenLimit, LimitJudge
from planner.optimise.proposal import Proposal
from planner.optimise.solver.outcome import Progress, Solve
from planner.pipeline.result import Result
from planner.present.words.diagnosis import change_text, signed_cost
from planner.present.words.limits import limit_name
from planner.present.words.text import enumeration, figure, number, text
from planner.present.words.weights import rate_figure
from planner.scenario.vocabulary import Propose

_COST = "index"


def proof_sentences(solve: Solve, *, asked_gap: float, stopped: bool) -> list[str]:
    """Say what a solve proved, in plain words.

    Parameters
    ----------
    solve : of the proposal.
    asked_gap : share within which the search was allowed to stop.
    stopped : whether a reader stopped it.
    """
    if solve.outcome == "optimal":
        if asked_gap and solve.relative_gap:
            gap = number(solve.relative_gap, "share")
            return [text("proposal.proof.within", gap=gap)]
        return [text("proposal.proof.optimal")]
    ended = text("proposal.proof.stopped" if stopped else "proposal.proof.time_up")
    if solve.outcome == "feasible":
        if solve.relative_gap is None:
            return [text("proposal.proof.feasible_unbounded"), ended]
        gap = number(solve.relative_gap, "share")
        return [text("proposal.proof.feasible", gap=gap), ended]
    if solve.outcome == "infeasible":
        return [text("proposal.proof.infeasible")]
    return [text("proposal.proof.no_solution_in_time"), ended]


def proof_frame(solve: Solve) -> pd.DataFrame:
    """Return the figures of a proof, a row each."""
    rows = {
        "outcome": text(f"outcome.{solve.outcome}"),
        "objective": figure(solve.objective, _COST),
        "bound": figure(solve.bound, _COST),
        "gap": number(solve.relative_gap, "share"),
        "seconds": text("proposal.seconds", seconds=number(solve.seconds, "")),
        "solver": f"{solve.solver} {solve.version}",
    }
    return pd.DataFrame(
        {
            text("proposal.column.what"): [text(f"proposal.proof_row.{key}") for key in rows],
            text("table.value"): list(rows.values()),
        }
    )


def short_answer(result: Result) -> str:
    """Say an answer in a line: what is proved, and how many offices its plan has."""
    if result.solve is None:
        return ""
    outcome = text(f"outcome.{result.solve.outcome}")
    if result.plan is None:
        return outcome
    offices = figure(len(result.plan.hosts), "offices")
    return text("proposal.short_answer", outcome=outcome, offices=offices)


def alternative_sentence(place: int, more: float) -> str:
    """Say how far an alternative is from the best plan, whose proof is not its own.

    Parameters
    ----------
    place : of the alternative, from 1.
    more : how much larger its objective is.
    """
    return text("proposal.is_alternative", plan=plan_name(place), more=number(more, _COST))


def progress_sentence(progress: Progress | None, seconds: float, wanted: int = 0) -> str:
    """Say how far a running search has come.

    Parameters
    ----------
    progress : the last report; None before the first.
    seconds : wall time so far.
    wanted : how many alternatives were asked for.
    """
    elapsed = text("proposal.seconds", seconds=number(round(seconds), "persons"))
    if progress is not None and progress.stage == "alternatives":
        return text(
            "proposal.progress.others", elapsed=elapsed, found=progress.found, wanted=wanted
        )
    known = progress is not None and progress.stage == "plan"
    if not known or progress is None or progress.incumbent is None:
        return text("proposal.progress.begun", elapsed=elapsed)
    return text(
        "proposal.progress.found",
        elapsed=elapsed,
        best=number(progress.incumbent, _COST),
        bound=number(progress.bound, _COST),
        gap=number(progress.relative_gap, "share"),
    )


def terms_frame(instance: Instance, plan: Plan, weights: Weights) -> pd.DataFrame:
    """Return each term of the objective in its own unit, and what it adds in minutes."""
    own, before = terms_of(instance, plan), terms_of(instance, instance.baseline)
    rows = []
    for term in TERMS:
        rate = float(getattr(weights, term))
        rows.append(
            {
                text("proposal.column.term"): text(f"weight.term.{term}"),
                text("proposal.column.plan"): term_figure(term, own[term]),
                text("table.baseline"): term_figure(term, before[term]),
                text("proposal.column.weight"): rate_figure(rate),
                text("proposal.column.adds"): number(rate * own[term] if rate else 0.0, _COST),
            }
        )
    return pd.DataFrame(rows)


def term_figure(term: str, value: float) -> str:
    """Write a term in its own unit."""
    weight = WEIGHTS[term]
    if value == float("inf"):
        return text("figure.undefined")
    return figure(value * weight.scale, weight.unit)


def alternatives_frame(instance: Instance, proposal: Proposal) -> pd.DataFrame:
    """Return the proposal and its alternatives: how much worse each is, and what differs."""
    if proposal.plan is None:
        return pd.DataFrame()
    plans = [(proposal.plan, proposal.solve.objective or 0.0), *proposal.alternatives]
    best = plans[0][1]
    rows = []
    for place, (plan, objective) in enumerate(plans):
        differing = moved(proposal.plan, plan)
        rows.append(
            {
                text("proposal.column.plan"): plan_name(place),
                text("proposal.column.objective"): number(objective, _COST),
                text("proposal.column.more"): signed_cost(objective - best) if place else "",
                text("proposal.column.offices"): number(len(plan.hosts), "offices"),
                text("proposal.column.differs"): moves_sentence(instance, proposal.plan, plan)
                if differing
                else "",
            }
        )
    return pd.DataFrame(rows)


def plan_name(place: int) -> str:
    """Name the proposal, place 0, or an alternative."""
    return text("proposal.alternative", number=place) if place else text("proposal.best")


def alternatives_note(proposal: Proposal, asked: int, *, stopped: bool, time_up: bool) -> str:
    """Say why there are fewer alternatives than asked for; nothing where there are not."""
    found = len(proposal.alternatives)
    if proposal.plan is None or found >= asked:
        return ""
    if proposal.solve.outcome != "optimal":
        return text("proposal.alternatives_unproved")
    key = "proposal.alternatives_in_time" if stopped or time_up else "proposal.alternatives_all"
    return text(key, found=found, asked=asked)


def moved(first: Plan, second: Plan) -> list[str]:
    """Return the codes of those who have another host in the second plan."""
    return [code for code, host in second.host_of.items() if first.host_of[code] != host]


def moves_sentence(instance: Instance, first: Plan, second: Plan) -> str:
    """Say who has another host in the second plan: «Hol: eget kontor, ikke Ål»."""
    names = instance.names
    parts = []
    for code in moved(first, second):
        host, before = second.host_of[code], first.host_of[code]
        key = "proposal.moved_home" if host == code else "proposal.moved"
        key = "proposal.moved_away" if before == code else key
        parts.append(text(key, name=names[code], host=names[host], before=names[before]))
    return "; ".join(parts)


def baseline_sentences(
    instance: Instance, request: Request, proposal: Proposal
) -> tuple[str, tuple[BrokenLimit, ...]]:
    """Say how the baseline stands under the request's weights, and which limits it breaks."""
    limits = LimitJudge(instance, request)
    broken = limits.of_plan(instance.baseline)
    if proposal.plan is not None:
        broken += limits.of_exemptions(instance.baseline, len(proposal.plan.exempt))
    objective = objective_of(terms_of(instance, instance.baseline), request.weights)
    best = proposal.solve.objective
    if best is None or objective == float("inf"):
        return text("proposal.baseline_unknown"), broken
    gap = objective - best
    key = "dearer" if gap > 0 else "cheaper"
    sentence = text(
        f"proposal.baseline.{key}",
        objective=number(objective, _COST),
        best=number(best, _COST),
        gap=number(abs(gap), _COST),
    )
    return sentence, broken


def change_sentence(names: Mapping[str, str], change: LimitChange) -> str:
    """Write a change of a limit as the form names it: «Lengste reise: 60 → 83, for Hol»."""
    label = limit_name(change.key)
    if isinstance(change.new, bool) or change.new is None:
        return text("proposal.give_up", limit=label)
    if change.key == "exempt" and isinstance(change.new, frozenset):
        before = change.old if isinstance(change.old, frozenset) else frozenset[str]()
        hosts = enumeration(sorted(names[code] for code in change.new - before))
        return text("proposal.allow_exempt", names=hosts)
    figures = isinstance(change.new, int | float)
    return change_text(names, replace(change, key=f"{label}:" if figures else label))


def named_limits(others: Iterable[OtherHost]) -> list[OtherHost]:
    """Return what stands in the way of hosts, with limits as the form names them."""
    return [replace(one, limits=tuple(map(limit_name, one.limits))) for one in others]


def contradictions(asked: Propose) -> list[str]:
    """Say what cannot be meant: no weight at all, and least sizes above the most."""
    found = [
        text("proposal.crossed", low=limit_name(low), high=limit_name(high))
        for low, high in crossed(asked)
    ]
    if not any(getattr(asked.weights, term) for term in TERMS):
        found.append(text("proposal.none_weigh"))
    return found


def diagnosis_heading(names: Mapping[str, str], found: Diagnosis) -> str:
    """Say what the changes of a diagnosis are for."""
    if not found.singles and not found.combination:
        none = text("diagnose.none_found")
        return none if found.complete else f"{none} {text('diagnose.incomplete')}"
    kind = "exempted" if found.exempted else "infeasible"
    key = f"diagnose.{kind}" if found.singles else f"diagnose.{kind}_together"
    return text(key, names=enumeration(sorted(names[code] for code in found.exempted)))
