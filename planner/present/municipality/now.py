"""What a municipality has before anything is changed: the newest organisation that is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - `date` names a field
from typing import Any

import numpy as np

from planner.assess.access import host_minutes
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.pipeline.result import Result
from planner.present.municipality.summary import others
from planner.present.words.dated import now_heading
from planner.present.words.text import enumeration, spoken, text
from planner.today import today


@dataclass(frozen=True)
class Now:
    """What a municipality has.

    Attributes
    ----------
    heading : with the date that it is about, unless that is today.
    facts : what each is called, and what it is.
    """

    heading: str
    facts: tuple[tuple[str, str], ...]


def newest(results: Sequence[Result]) -> list[Result]:
    """Order results by their dates, the newest first; of the same date, the last in the list."""
    ordered = sorted(enumerate(results), key=lambda one: (_date(one[1]), one[0]), reverse=True)
    return [result for _, result in ordered]


def what_is_now(results: Sequence[Result], code: str) -> Now:
    """Tell what a municipality has: by the newest organisation in force among the results.

    Where none of them is one, it is what the newest counts its changes from.
    """
    ordered = newest(results)
    in_force = (one for one in ordered if one.plan is not None and one.plan.form == "today")
    first = next(in_force, None)
    instance = first.instance if first else ordered[0].instance
    plan = first.plan if first and first.plan else instance.baseline
    heading = now_heading(instance.names[code], instance.date)
    return Now(heading, tuple(_facts(instance, plan, code)))


def _facts(instance: Instance, plan: Plan, code: str) -> list[tuple[str, str]]:
    host = plan.host_of[code]
    row: Any = instance.municipalities.loc[code]
    minutes = float(host_minutes(instance, plan)[code])
    way = spoken(minutes, "min") if np.isfinite(minutes) else text("municipality.no_way")
    sharing = [instance.names[other] for other in others(plan.groups[host], code)]
    told = {
        "host": instance.names[host],
        "minutes": way,
        "presence_days": spoken(plan.presence_days(code), "days"),
        "sharing": enumeration(sharing) or text("municipality.now.nobody"),
        "fte": spoken(float(row["fte"]), "fte", row["fte_provenance"]),
    }
    return [(text(f"municipality.now.{key}"), words) for key, words in told.items()]


def _date(result: Result) -> Date:
    return result.instance.date or today()
