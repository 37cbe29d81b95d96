"""What a plan takes from each municipality and gives it, in words with figures; never added up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from planner.assess.equity import BETTER, figure_provenance, must_keep, winners_and_losers
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.present.words.effects import UNITS, keep_reason
from planner.present.words.text import spoken, text
from planner.provenance import Provenance

#: What is told, the most missed first. Shares of a group shrink whenever more share: they are last.
ORDER = (
    *("presence_days", "is_host", "minutes", "minutes_nearest", "jobs_fte"),
    *("uncovered_days", "group_share"),
)
_Row = Mapping[Any, Any]


@dataclass(frozen=True)
class Change:
    """A figure of a municipality that became better or worse, in words, and what it rests on."""

    words: str
    provenance: Provenance


@dataclass(frozen=True)
class TradeOffs:
    """What a municipality loses and gains, the weightiest first; and what it had to keep."""

    unkept: tuple[Change, ...] = ()
    losses: tuple[Change, ...] = ()
    gains: tuple[Change, ...] = ()


def trade_offs(instance: Instance, plan: Plan) -> dict[str, TradeOffs]:
    """Return code -> what a plan takes and gives there, counted from the instance's baseline.

    Raises
    ------
    LabelMismatchError : the plan is not one of exactly the region's municipalities.
    """
    table = winners_and_losers(instance, plan).to_dict("index")
    keeps = must_keep(instance, plan).to_dict("records")
    return {str(code): trade_off(instance, str(code), row, keeps) for code, row in table.items()}


def trade_off(instance: Instance, code: str, figures: _Row, keeps: Iterable[_Row]) -> TradeOffs:
    """Say what a plan takes from one municipality and gives it; not what rounds to the same.

    Parameters
    ----------
    instance : the region.
    code : of the municipality.
    figures : its row of `planner.assess.equity.winners_and_losers`.
    keeps : rows of `planner.assess.equity.must_keep`, of any municipalities.
    """
    return TradeOffs(
        tuple(
            Change(text("trade_off.unkept", reason=keep_reason(row)), "assumed")
            for row in keeps
            if row["code"] == code and row["kept"] is False
        ),
        tuple(_told(instance, figures, "losses")),
        tuple(_told(instance, figures, "gains")),
    )


def _told(instance: Instance, row: _Row, side: Literal["gains", "losses"]) -> list[Change]:
    bases = figure_provenance(instance)
    found = []
    for figure in ORDER:
        if figure not in row[side]:
            continue
        basis = bases.get(figure, "scenario")
        words = _moved(row, figure, basis) if figure in BETTER else _role(instance, row, side)
        if words:
            found.append(Change(words, basis))
    return found


def _role(instance: Instance, row: _Row, side: str) -> str:
    """Say that an office of its own is lost or won, and where it is instead, or was."""
    where = row["host" if side == "losses" else "host_baseline"]
    return text(f"trade_off.own_office_{side}", host=instance.names[where])


def _moved(row: _Row, figure: str, basis: Provenance) -> str:
    """Write a figure and what it was; nothing where they round to the same."""
    now, before = (
        spoken_figure(figure, row[name], UNITS.get(figure, "days"), basis)
        for name in (figure, f"{figure}_baseline")
    )
    if now == before:
        return ""
    key = figure
    if figure == "presence_days" and not (row[figure] and row[f"{figure}_baseline"]):
        key = "presence_gained" if row[figure] else "presence_lost"
    return text(f"trade_off.{key}", now=now, before=before)


def spoken_figure(figure: str, value: float, unit: str, provenance: str = "") -> str:
    """Write a figure of a municipality as a sentence does; days without cover are whole."""
    if not np.isfinite(value):
        return text("municipality.no_way") if unit == "min" else text("figure.undefined")
    return spoken(round(value) if figure == "uncovered_days" else value, unit, provenance)
