"""Several results side by side, as a page lays them out.

Every result is set against its own baseline, as `planner.run` gives it; how the columns differ
from one of them, which the reader names, stands on its own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

import numpy as np
import pandas as pd

from planner.assess.finding import Finding
from planner.assess.indicator import DIRECTIONS
from planner.assess.memo import remembered
from planner.assess.scorecard import Score, difference
from planner.assess.uncertainty import Draws, order, ranges
from planner.assess.withdrawal.findings import withdrawal_findings
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.pipeline.result import Result
from planner.present.result.key_figures import Judgement, judged, judged_amount
from planner.present.words.findings import sentences
from planner.present.words.text import (
    amount,
    enumeration,
    number,
    text,
    unit_name,
    with_range,
)
from planner.provenance import Provenance, weakest

#: Pairs of results of which one is counted from the other.
MOST_KEPT = 64
#: Findings about a group as it is, not about one council's no.
ABOUT_GROUPS = frozenset(
    f"withdrawal.{name}"
    for name in ("stands", "stands_but_for_pairs", "depends", "depends_on_pair", "too_small")
)


@dataclass(frozen=True)
class ComparedFigure:
    """A figure of one result, and its change from the baseline or from the named column."""

    value: str
    change: str
    judgement: Judgement


@dataclass(frozen=True)
class ComparedRow:
    """An indicator of all results.

    Attributes
    ----------
    cells : of every result, each with its change from its own baseline.
    differences : of every result, each with how it differs from the one that is named.
    differs : whether the results show different figures.
    provenance : as words, all that occur.
    """

    key: str
    label: str
    unit: str
    cells: tuple[ComparedFigure, ...]
    differences: tuple[ComparedFigure, ...]
    differs: bool
    provenance: str


def column_heads(results: Sequence[Result]) -> list[str]:
    """Return what stands over the columns: a number and the title."""
    return [f"{place} {result.scenario.title}" for place, result in enumerate(results, 1)]


def comparison_rows(
    results: Sequence[Result], keys: Collection[str] | None = None, base: int = 0
) -> dict[str, list[ComparedRow]]:
    """Return family -> the rows of its indicators.

    Parameters
    ----------
    results : with plans; of one region or of several.
    keys : indicators that are wanted; all if it is left out.
    base : place of the result from which differences are counted.
    """
    found = dict.fromkeys(key for result in results for key in result.scores)
    wanted = [key for key in found if keys is None or key in keys]
    return {
        family: [_row(key, [one.scores.get(key) for one in results], base) for key in members]
        for family, members in groupby(wanted, key=lambda key: key.split(".")[0])
    }


@lru_cache(maxsize=MOST_KEPT)
def counted_from(result: Result, base: Result) -> Result:
    """Set a result against another's plan, if both are about the same municipalities.

    The figures are the result's own, of its date; only what they are counted from is another.
    """
    if base.plan is None or set(base.plan.municipalities) != set(result.instance.codes):
        return result
    return replace(result, instance=replace(result.instance, baseline=base.plan))


def group_sentences(result: Result) -> list[str]:
    """Say what size is asked for, and which groups stand and fall with whom."""
    told = [one for one in _if_no(result) if one.key in ABOUT_GROUPS or not one.about]
    return sentences(told, result.instance)


def no_sentences(result: Result, code: str) -> list[str]:
    """Say what happens if one municipality says no, or that it has nothing to leave."""
    told = [one for one in _if_no(result) if one.key not in ABOUT_GROUPS and one.about == (code,)]
    if not told:
        return [text("compare.nothing_to_leave", name=result.instance.names[code])]
    return sentences(told, result.instance)


def network_title(result: Result) -> str:
    """Return what the network beside a result is called."""
    return text("network.title", title=result.scenario.title)


def host_changes(first: Result, second: Result) -> list[str]:
    """Return the codes in both plans that have another host in the second."""
    if first.plan is None or second.plan is None:
        return []
    after = second.plan.host_of
    return [code for code, host in first.plan.host_of.items() if after.get(code, host) != host]


def uncertainty_frame(results: Sequence[Result], draws: Draws) -> pd.DataFrame:
    """Write the ranges of figures in draws of the assumptions, and how often their order holds."""
    table, heads = ranges(draws).to_dict("index"), column_heads(results)
    rows = []
    for key in draws.indicators:
        unit = next(one.scores[key].indicator.unit for one in results if key in one.scores)
        row = {text("table.indicator"): f"{text(f'indicator.{key}')} ({unit_name(unit)})"}
        for head, plan in zip(heads, draws.plans, strict=True):
            figures = [float(table[key, plan][one]) for one in _RANGE]
            central, low, high = (None if np.isnan(one) else one for one in figures)
            row[head] = with_range(central, low, high, unit)
        row[text("uncertainty.holds")] = _holds(draws, key)
        rows.append(row)
    return pd.DataFrame(rows)


_RANGE = ("central", "low", "high")


def _holds(draws: Draws, key: str) -> str:
    """Write in how many draws the order of the plans is the same."""
    if key not in DIRECTIONS:
        return text("figure.undefined")
    return number(round(order(draws, key, DIRECTIONS[key]).holds_share, 2), "share")


def _row(key: str, scores: Sequence[Score | None], base: int) -> ComparedRow:
    known = [score for score in scores if score is not None]
    unit = known[0].indicator.unit
    basis = weakest(score.indicator.provenance for score in known)
    values = [None if score is None else score.indicator.value for score in scores]
    changes = [None if score is None else score.change for score in scores]
    cells = tuple(
        _cell(key, value, change, unit, basis)
        for value, change in zip(values, changes, strict=True)
    )
    differences = tuple(
        _cell(key, value, difference(value, values[base]), unit, basis) for value in values
    )
    bases = dict.fromkeys(text(f"provenance.{one.indicator.provenance}") for one in known)
    return ComparedRow(
        key,
        text(f"indicator.{key}"),
        unit_name(unit),
        cells,
        differences,
        len({cell.value for cell in cells}) > 1,
        enumeration(list(bases)),
    )


def _cell(
    key: str, value: float | None, change: float | None, unit: str, basis: Provenance
) -> ComparedFigure:
    return ComparedFigure(
        amount(value, unit, basis),
        judged_amount(key, change, unit, provenance=basis),
        judged(key, change, unit, basis),
    )


def _if_no(result: Result) -> tuple[Finding, ...]:
    if result.plan is None:
        return ()
    return _withdrawal_findings(result.instance, result.plan)


@remembered
def _withdrawal_findings(instance: Instance, plan: Plan) -> tuple[Finding, ...]:
    return tuple(withdrawal_findings(instance, plan))
