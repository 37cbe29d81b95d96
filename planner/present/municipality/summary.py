"""What a scenario means for one municipality in short: whole sentences, a handful of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from planner.assess.equity import LEAST_CHANGE
from planner.present.municipality.facts import WAYS, Facts
from planner.present.words.text import enumeration, spoken, text
from planner.provenance import Provenance, weakest


@dataclass(frozen=True)
class Line:
    """A sentence; with the weakest provenance among its figures, if it has any."""

    text: str
    provenance: Provenance | None = None


def municipality_summary(facts: Facts, code: str) -> Iterator[Line]:
    """Say who hosts, how far it is, who is there, whose staff move, and what a no does."""
    yield _office(facts, code)
    yield from _nearest(facts, code)
    yield from _presence(facts, code)
    yield from _staff(facts, code)
    yield from _influence(facts, code)


def named(facts: Facts, codes: Sequence[str]) -> str:
    """Name municipalities as a sentence does."""
    return enumeration([facts.instance.names[code] for code in codes])


def others(members: Sequence[str], code: str) -> list[str]:
    """Leave a municipality out of a list."""
    return [other for other in members if other != code]


def _office(facts: Facts, code: str) -> Line:
    """Say who hosts, and how far away the host's office is."""
    host = facts.plan.host_of[code]
    if facts.group(code) != facts.group_before(code) or host != _host_before(facts, code):
        if facts.is_cooperation:
            return _in_cooperation(facts, code)
        if facts.plan.form == "municipal_merger" and len(facts.group(code)) > 1:
            return _in_merger(facts, code)
    return _of_host(facts, code) if host == code else _of_member(facts, code)


def _in_cooperation(facts: Facts, code: str) -> Line:
    host = facts.plan.host_of[code]
    key = "cooperation_leads" if host == code else "cooperation"
    if len(facts.group(code)) == 1:
        return _of_host(facts, code)
    return _shared(facts, code, key)


def _in_merger(facts: Facts, code: str) -> Line:
    host = facts.plan.host_of[code]
    key = "merger_centre" if host == code else "merger"
    return _shared(facts, code, key)


def _shared(facts: Facts, code: str, key: str) -> Line:
    """Say with whom a municipality shares its office, and how far that is."""
    host = facts.plan.host_of[code]
    fields = {
        "name": named(facts, [code]),
        "host": named(facts, [host]),
        "others": named(facts, others(facts.group(code), code)),
        "minutes": spoken(facts.figures[code]["minutes"], "min"),
    }
    return Line(text(f"municipality.short.{key}", **fields), WAYS)


def _of_host(facts: Facts, code: str) -> Line:
    members = others(facts.group(code), code)
    former = others(facts.instance.baseline.groups.get(code, ()), code)
    before = _host_before(facts, code)
    if not members:
        key = "own_new" if before != code else "own_without_former" if former else "own_as_before"
    elif former == members:
        key = "host_as_before"
    else:
        key = "host_changed" if former else "host_new"
    sentence = text(
        f"municipality.short.{key}",
        name=named(facts, [code]),
        members=named(facts, members),
        former=named(facts, former),
        before_host=named(facts, [before]),
    )
    return Line(sentence, "scenario")


def _of_member(facts: Facts, code: str) -> Line:
    row, baseline = facts.figures[code], facts.instance.baseline
    host, before = facts.plan.host_of[code], _host_before(facts, code)
    former = others(baseline.groups.get(code, ()), code)
    if not np.isfinite(row["minutes"]):
        key = "unreachable"
    elif host == before:
        key = "member_as_before"
    elif before == code:
        key = "member_from_host" if former else "member_from_own"
    else:
        reached = np.isfinite(row["minutes_baseline"])
        key = "member_from_other" if reached else "member_from_unreachable"
    sentence = text(
        f"municipality.short.{key}",
        name=named(facts, [code]),
        host=named(facts, [host]),
        former=named(facts, former),
        before_host=named(facts, [before]),
        minutes=spoken(row["minutes"], "min"),
        before=spoken(row["minutes_baseline"], "min"),
    )
    return Line(sentence, WAYS)


def _nearest(facts: Facts, code: str) -> Iterator[Line]:
    """Say how far it is to an open place, where that is not simply the own office every day."""
    row = facts.figures[code]
    after, before = float(row["minutes_nearest"]), float(row["minutes_nearest_baseline"])
    if not np.isfinite(after) or (after == 0 and before == 0):
        return
    same = abs(after - before) < LEAST_CHANGE or not np.isfinite(before)
    sentence = text(
        f"municipality.short.nearest_{'same' if same else 'changed'}",
        minutes=spoken(after, "min"),
        before=spoken(before, "min"),
    )
    yield Line(sentence, WAYS)


def _presence(facts: Facts, code: str) -> Iterator[Line]:
    days, before = facts.plan.presence_days(code), facts.instance.baseline.presence_days(code)
    if days == before and facts.plan.host_of[code] == code:
        return  # that the office is its own says it already
    if days == before:
        key = "presence_same" if days else "presence_none"
    elif not days:
        key = "presence_lost"
    else:
        key = "presence_changed" if before else "presence_new"
    sentence = text(
        f"municipality.short.{key}",
        name=named(facts, [code]),
        days=spoken(days, "days"),
        before=spoken(before, "days"),
    )
    yield Line(sentence, "assumed")


def _staff(facts: Facts, code: str) -> Iterator[Line]:
    """Say whose staff move; of a municipality without any, where they are counted."""
    name, own = named(facts, [code]), facts.fte([code])
    movers = [other for other in facts.movers(code) if facts.fte([other]) > 0]
    if movers:
        sentence = text(
            "municipality.short.staff_arrive",
            fte=spoken(facts.moving_fte(movers), "fte", facts.own_provenance("fte", movers)),
            members=named(facts, movers),
            name=name,
        )
        yield Line(sentence, facts.own_provenance("fte", movers))
    if own == 0:
        before = _host_before(facts, code)
        key = "no_staff" if before == code else "staff_counted_elsewhere"
        fields = {"name": name, "host": named(facts, [before])}
        yield Line(text(f"municipality.short.{key}", **fields), facts.own_provenance("fte", [code]))
    elif facts.moves(code):
        fields = {
            "name": name,
            "host": named(facts, [facts.plan.host_of[code]]),
            "fte": spoken(facts.moving_fte([code]), "fte", facts.own_provenance("fte", [code])),
        }
        key = "staff_get_own_office" if facts.plan.host_of[code] == code else "staff_leave"
        yield Line(text(f"municipality.short.{key}", **fields), facts.own_provenance("fte", [code]))
    elif not movers:
        yield Line(text("municipality.short.staff_stay", name=name), "scenario")


def _influence(facts: Facts, code: str) -> Iterator[Line]:
    """Say how much of the group the municipality is, and whether the group needs it."""
    members = facts.group(code)
    if len(members) == 1:
        return
    share = float(facts.figures[code]["group_share"])
    if np.isfinite(share):
        role = "host" if facts.plan.host_of[code] == code else "member"
        if facts.plan.form in {"close_cooperation", "municipal_merger", "state_only"}:
            role = "equal"
        sentence = text(
            f"municipality.short.influence_{role}",
            name=named(facts, [code]),
            share=spoken(share, "share"),
            count=len(members),
        )
        yield Line(sentence, facts.own_provenance("population", members))
    withdrawal = facts.withdrawals[code]
    key = "decisive" if withdrawal.decisive else "not_decisive"
    if not withdrawal.met_before:
        key = "too_small"
    provenance = weakest(["assumed", facts.own_provenance("fte", members)])
    yield Line(text(f"municipality.short.{key}", name=named(facts, [code])), provenance)


def _host_before(facts: Facts, code: str) -> str:
    return facts.instance.baseline.host_of[code]
