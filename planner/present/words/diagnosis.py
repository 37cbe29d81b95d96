"""Diagnoses, and reasons for a host, in the planner's words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from planner.model.instance import Instance
from planner.model.limits import LimitValue
from planner.optimise.explain.diagnose import Diagnosis
from planner.optimise.explain.limit_change import LimitChange
from planner.optimise.explain.why import OtherHost
from planner.optimise.proposal import Proposal
from planner.present.words.text import MINUS, enumeration, number, spoken, text

#: Most municipalities that a change names.
_MOST_NAMES = 4
_COST_DECIMALS = "index"

_Names = Mapping[str, str]


def diagnosis_report(instance: Instance, diagnoses: Sequence[Diagnosis]) -> str:
    """Write diagnoses, a change a line."""
    return "\n\n".join("\n".join(_diagnosis(instance.names, one)) for one in diagnoses)


def _diagnosis(names: _Names, found: Diagnosis) -> list[str]:
    changes = found.singles or found.combination
    kind = "exempted" if found.exempted else "infeasible"
    key = f"diagnose.{kind}" if found.singles else f"diagnose.{kind}_together"
    heading = text(key, names=_named(names, found.exempted))
    lines = [heading, *(f"  {change_text(names, change)}" for change in changes)]
    if not changes:
        lines = [text("diagnose.none_found")]
    return lines if found.complete else [*lines, text("diagnose.incomplete")]


def change_text(names: _Names, change: LimitChange) -> str:
    """Write a change: «max_travel_minutes 60 → 83, for Hattfjelldal»."""
    old, new = change.old, change.new
    if isinstance(old, tuple):
        return "; ".join(_sets_changed(names, change.key, old, new))
    if isinstance(old, frozenset) and isinstance(new, frozenset):
        gained = bool(new - old)
        key = "diagnose.added" if gained else "diagnose.removed"
        return text(key, limit=change.key, names=_named(names, new ^ old))
    written = text(
        "diagnose.changed", limit=change.key, old=_value(names, old), new=_value(names, new)
    )
    if not change.municipalities or isinstance(new, frozenset):
        return written
    whom = _named(names, change.municipalities)
    return text("diagnose.concerning", change=written, names=whom)


def _sets_changed(
    names: _Names, key: str, old: tuple[frozenset[str], ...], new: LimitValue
) -> list[str]:
    left = list(new) if isinstance(new, tuple) else []
    lines = []
    for part in old:
        if part in left:
            left.remove(part)
            continue
        smaller = next((one for one in left if one < part), None)
        if smaller is None:
            lines.append(text("diagnose.set_removed", limit=key, names=_named(names, part)))
            continue
        left.remove(smaller)
        gone, members = _named(names, part - smaller), _named(names, part)
        lines.append(text("diagnose.member_removed", limit=key, names=gone, members=members))
    return lines


def _value(names: _Names, value: LimitValue) -> str:
    if value is None:
        return text("diagnose.no_limit")
    if isinstance(value, bool):
        return text("diagnose.yes" if value else "diagnose.no")
    if isinstance(value, int | float):
        return spoken(value, "")
    if isinstance(value, frozenset):
        return f"[{', '.join(sorted(names[code] for code in value))}]"
    return str(value)


def _named(names: _Names, codes: Collection[str]) -> str:
    """Join names, so many that a line can be read."""
    found = sorted(names[code] for code in codes)
    if len(found) > _MOST_NAMES + 1:
        rest = text("diagnose.more", count=len(found) - _MOST_NAMES)
        found = [*found[:_MOST_NAMES], rest]
    return enumeration(found)


def why_sentences(
    instance: Instance,
    proposal: Proposal,
    code: str,
    others: Sequence[OtherHost],
    limit_min: float | None,
) -> list[str]:
    """Say where a municipality is, then why not elsewhere, a host each; nearest first.

    Parameters
    ----------
    others : from `planner.optimise.explain.why.why`.
    limit_min : the request's longest way, minutes.
    """
    names = instance.names
    host = proposal.plan.host_of[code] if proposal.plan else code
    place = {one: position for position, one in enumerate(instance.codes)}
    minutes = float(instance.minutes_of("mean")[place[code], place[host]])
    first = (
        text("why.own_office", name=names[code])
        if host == code
        else text("why.host", name=names[code], host=names[host], minutes=spoken(minutes, "min"))
    )
    return [first, *(_other(names, code, one, limit_min) for one in others)]


def _other(names: _Names, code: str, one: OtherHost, limit_min: float | None) -> str:
    key: str = one.reason
    if key == "limits" and not one.limits:
        key = "limits_together"
    if key == "cost" and one.more_exempt > 0:
        key = "cost_exempt"
    return text(
        f"why.{key}",
        host=text("why.own") if one.host == code else names[one.host],
        minutes=spoken(one.minutes, "min"),
        limit=spoken(limit_min or 0.0, "min"),
        keys=", ".join(one.limits),
        cost=signed_cost(one.cost or 0.0),
        count=one.more_exempt,
    )


def forcing_report(
    instance: Instance, free: Proposal | None, forced: Proposal | None, host_of: Mapping[str, str]
) -> str:
    """Write what it costs that given hosts serve some municipalities.

    Parameters
    ----------
    free, forced : the proposals without and with it.
    host_of : code -> code of its host.
    """
    names = instance.names
    pairs = enumeration([f"{names[code]}–{names[host]}" for code, host in sorted(host_of.items())])
    if free is None or forced is None or free.plan is None or forced.plan is None:
        return text("why.forced_unknown", pairs=pairs)
    before, after = free.solve.objective or 0.0, forced.solve.objective or 0.0
    more = len(forced.plan.exempt) - len(free.plan.exempt)
    priced = text(
        "why.forced_exempt" if more > 0 else "why.forced",
        pairs=pairs,
        cost=signed_cost(after - before),
        before=number(before, _COST_DECIMALS),
        after=number(after, _COST_DECIMALS),
        count=more,
    )
    was, now = (sum(one.plan.locations.values()) for one in (free, forced) if one.plan)
    if was == now:
        return priced
    days = text("why.forced_presence", before=number(was, "days"), after=number(now, "days"))
    return f"{priced} {days}"


def signed_cost(cost: float) -> str:
    """Write a difference of objectives with its sign."""
    return f"{MINUS if cost < 0 else '+'}{number(abs(cost), _COST_DECIMALS)}"
