"""Uncertainty as people read it: ranges beside figures, and how often an order of plans holds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

from planner.assess.indicator import DIRECTIONS
from planner.assess.uncertainty import Draws, Order, differences, order, ranges
from planner.pipeline.result import Result
from planner.present.result.document import rounded
from planner.present.words.terminal import aligned
from planner.present.words.text import number, text, unit_name, with_range

#: Parameters that are named in a row of the table; the document has them all.
MOST_NAMED = 2


def uncertainty_report(
    results: Sequence[Result], draws: Draws, swings: pd.DataFrame, *, seed: int
) -> str:
    """Write the ranges of the plans' figures, their order, and the parameters that matter most.

    Parameters
    ----------
    results : of the plans, in the order of `draws`.
    draws : from `planner.pipeline.sensitivity.draw_indicators`.
    swings : from `planner.pipeline.sensitivity.tornado`.
    seed : of the draws.
    """
    table = ranges(draws)
    moving = [key for key in draws.indicators if _moves(_about(table, key))]
    plans = [f"[{plan}]" for plan in draws.plans]
    rows = [_headings(plans)]
    for family, members in groupby(moving, key=lambda key: key.split(".")[0]):
        rows.append([text(f"family.{family}").upper(), *("" for _ in rows[0][1:])])
        for key in members:
            unit = _unit(results, key)
            figures = [_with_range(row, unit) for row in _rows(table, key)]
            named = ", ".join(_strongest(swings, key)[:MOST_NAMED])
            cells = [text(f"indicator.{key}"), unit_name(unit), *figures, *_ranked(draws, key)]
            rows.append([*cells, named])
    titles = [result.scenario.title for result in results]
    lines = [
        *(f"{number} {title}" for number, title in zip(plans, titles, strict=True)),
        text("uncertainty.heading", draws=len(draws.parameters), seed=seed),
        text("uncertainty.parameters", count=len(draws.parameters.columns)),
        text("uncertainty.fixed"),
    ]
    if len(moving) < len(draws.indicators):
        lines.append(text("uncertainty.unmoved", count=len(draws.indicators) - len(moving)))
    return "\n".join([*lines, "", aligned(rows, left=2)])


def uncertainty_document(draws: Draws, swings: pd.DataFrame, *, seed: int) -> dict[str, Any]:
    """Return the same as plain data, plans numbered from 1; parameters in their own unit."""
    table, more = ranges(draws), ranges(differences(draws))
    return {
        "draws": len(draws.parameters),
        "seed": seed,
        "parameters": {
            str(name): {"low": rounded(column.min()), "high": rounded(column.max())}
            for name, column in draws.parameters.items()
        },
        "indicators": {
            key: {
                "plans": [
                    _range(own) | {"difference_from_first": _range(other)}
                    for own, other in zip(_rows(table, key), _rows(more, key), strict=True)
                ],
                "order": _order_document(draws, key),
                "parameters": _swings_document(swings, key),
            }
            for key in draws.indicators
        },
    }


def _headings(plans: list[str]) -> list[str]:
    figures = [text(f"table.{heading}") for heading in ("indicator", "unit")]
    orders = ("order", "holds", "first", "matters")
    return [*figures, *plans, *(text(f"uncertainty.{heading}") for heading in orders)]


def _rows(table: pd.DataFrame, key: str) -> list[dict[str, float]]:
    return [
        {str(name): float(value) for name, value in row.items()}
        for row in _about(table, key).to_dict("records")
    ]


def _about(table: pd.DataFrame, key: str) -> pd.DataFrame:
    return table[table.index.get_level_values("indicator") == key]


def _range(row: dict[str, float]) -> dict[str, float | bool | None]:
    tried = row["low"] != row["high"]
    return {name: rounded(value) for name, value in row.items()} | {"tried": tried}


def _order_document(draws: Draws, key: str) -> dict[str, Any] | None:
    if key not in DIRECTIONS:
        return None
    ranked = order(draws, key, DIRECTIONS[key])
    return {
        "better": DIRECTIONS[key],
        "best_first": list(ranked.plans),
        "holds_share": rounded(ranked.holds_share),
        "first_share": {str(plan): rounded(share) for plan, share in ranked.first_share.items()},
        "undefined_share": rounded(ranked.undefined_share),
    }


def _swings_document(swings: pd.DataFrame, key: str) -> dict[str, Any]:
    about = swings[swings["indicator"] == key]
    return {
        str(parameter): {
            end: [rounded(value) for value in rows[end]] for end in ("at_low", "at_high")
        }
        for parameter, rows in about.groupby("parameter", sort=False)
    }


def _moves(rows: pd.DataFrame) -> bool:
    """Whether any plan's range is more than a point, or its figure sometimes undefined."""
    width = (rows["high"] - rows["low"]).fillna(0.0)
    sometimes = rows["undefined_share"].between(0, 1, inclusive="neither")
    return bool((width > 0).any() or sometimes.any())


def _with_range(row: dict[str, float], unit: str) -> str:
    central, low, high = (
        None if np.isnan(row[name]) else row[name] for name in ("central", "low", "high")
    )
    return with_range(central, low, high, unit)


def _ranked(draws: Draws, key: str) -> list[str]:
    """Write the plans best first, how often that holds, and how often the first is the best."""
    if key not in DIRECTIONS:
        return ["", "", ""]
    ranked = order(draws, key, DIRECTIONS[key])
    if len(ranked.plans) < 2:  # noqa: PLR2004 - one plan has no order
        return ["", "", ""]
    best = ranked.first_share[ranked.plans[0]]
    return [_in_order(ranked, draws, key), _share(ranked.holds_share), _share(float(best))]


def _in_order(ranked: Order, draws: Draws, key: str) -> str:
    """Write numbers of plans, best first, = between those that are equal."""
    central = draws.central[draws.indicators.index(key)]
    written = str(ranked.plans[0])
    for before, plan in zip(ranked.plans, ranked.plans[1:], strict=False):
        equal = np.isclose(central[before - 1], central[plan - 1], rtol=1e-9, atol=0)
        written += f"{'=' if equal else ' '}{plan}"
    return written


def _share(value: float) -> str:
    return number(round(value, 2), "share").replace(",0", "")


def _strongest(swings: pd.DataFrame, key: str) -> list[str]:
    return list(dict.fromkeys(swings.loc[swings["indicator"] == key, "parameter"]))


def _unit(results: Sequence[Result], key: str) -> str:
    return next(one.scores[key].indicator.unit for one in results if key in one.scores)
