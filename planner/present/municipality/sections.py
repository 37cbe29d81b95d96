"""What a scenario means for one municipality in detail, topic by topic: sentences and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.assess.access import WORKING_DAYS_A_WEEK
from planner.assess.economy.sharing import KEYS
from planner.assess.finding import Finding
from planner.assess.services import Harmonisation
from planner.assess.two_employers import municipal_plan
from planner.present.municipality.facts import WAYS, FactRow, Facts, council_of
from planner.present.municipality.summary import Line, named
from planner.present.words.data_words import function_name
from planner.present.words.effects import keep_reason
from planner.present.words.findings import all_names, finding_sentence
from planner.present.words.text import enumeration, number, spoken, text
from planner.provenance import Provenance, weakest


@dataclass(frozen=True)
class FactTable:
    """A small table; the first column names the rows."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    provenance: Provenance


@dataclass(frozen=True)
class Section:
    """One topic: ``municipality.section.<key>`` is its heading."""

    key: str
    lines: tuple[Line, ...]
    tables: tuple[FactTable, ...] = ()


def sections(facts: Facts, code: str) -> Iterator[Section]:
    """Tell the details of a municipality, topic by topic; a topic without anything to say is out.

    Parameters
    ----------
    facts : of one result.
    code : of a municipality of its region.
    """
    for key, tell in TOPICS.items():
        told = list(tell(facts, code))
        lines = tuple(one for one in told if isinstance(one, Line))
        tables = tuple(one for one in told if isinstance(one, FactTable))
        if told:
            yield Section(key, lines, tables)


def _office(facts: Facts, code: str) -> Iterator[Line | FactTable]:
    """Tell the way to the host, and which places are open."""
    instance, host = facts.instance, facts.plan.host_of[code]
    km: Any = instance.travel.km.loc[code, host]
    if host != code and np.isfinite(km):
        fields = {"host": instance.names[host], "km": spoken(round(km), "km")}
        ferry = bool(instance.travel.ferry.loc[code, host])
        key = "by_ferry" if ferry else "by_road"
        yield Line(text(f"municipality.office.{key}", **fields), WAYS)
    yield from _visits(facts, code)
    open_places = [other for other in facts.group(code) if facts.plan.presence_days(other) > 0]
    ways = dict(
        zip(instance.codes, instance.minutes_of("mean")[instance.codes.index(code)], strict=True)
    )
    rows = tuple(
        (
            instance.names[other],
            spoken(facts.plan.presence_days(other), ""),
            spoken(float(ways[other]), "min"),
        )
        for other in sorted(open_places, key=lambda other: (ways[other], other))
    )
    headings = tuple(text(f"municipality.office.{name}") for name in ("place", "days", "minutes"))
    provenance = weakest(["assumed", WAYS])
    yield FactTable(text("municipality.office.places"), headings, rows, provenance)


def _visits(facts: Facts, code: str) -> Iterator[Line]:
    if code not in facts.instance.visits.index:
        return
    visits: Any = facts.instance.visits.loc[code, "visits_per_month"]
    share = 1 - facts.plan.presence_days(code) / WORKING_DAYS_A_WEEK
    fields = {"visits": spoken(round(visits), ""), "affected": spoken(round(visits * share), "")}
    key = "visits_affected" if share else "visits_unaffected"
    yield Line(text(f"municipality.office.{key}", **fields), "assumed" if share else "observed")


def _staff(facts: Facts, code: str) -> Iterator[Line]:
    name, own = facts.instance.names[code], facts.fte([code])
    provenance = facts.own_provenance("fte", [code])
    if own:
        yield Line(
            text("municipality.staff.own", name=name, fte=spoken(own, "fte", provenance)),
            provenance,
        )
    row = facts.figures[code]
    jobs, before = float(row["jobs_fte"]), float(row["jobs_fte_baseline"])
    if (jobs or before) and not facts.is_cooperation:
        everyone = sorted({*facts.group(code), *facts.group_before(code)})
        key = "jobs_same" if jobs == before else "jobs_changed"
        basis = facts.own_provenance("fte", everyone)
        told, was = (spoken(fte, "fte", basis) for fte in (jobs, before))
        yield Line(text(f"municipality.staff.{key}", name=name, fte=told, before=was), basis)
    yield from _told(facts, code, {"law.transfer"})


def _services(facts: Facts, code: str) -> Iterator[Line]:
    """Tell what the group must make equal, from this municipality's point of view."""
    group = facts.services.get(municipal_plan(facts.instance, facts.plan).host_of[code])
    if group is None:
        yield Line(text("municipality.services.alone", name=facts.instance.names[code]))
        return
    provenance = weakest(
        facts.instance.services_provenance[one]
        for one in facts.group(code)
        if one in facts.instance.services_provenance
    )
    own = [one.service for one in group.services if code in one.offered_by]
    lacking = [one.service for one in group.services if code in one.not_offered_by]
    for key, services in (("own", own), ("lacking", lacking)):
        if services:
            yield Line(
                text(f"municipality.services.{key}", services=enumeration(services)), provenance
            )
    if not group.services and code not in group.unknown_services:
        yield Line(text("municipality.services.same"), provenance)
    yield from _systems_and_hours(facts, group)


def _systems_and_hours(facts: Facts, group: Harmonisation) -> Iterator[Line]:
    names = facts.instance.names
    for system, codes in group.case_systems.items():
        known = weakest(facts.instance.case_systems_provenance[one] for one in codes)
        fields = {"system": system, "names": named(facts, codes)}
        yield Line(text("effects.case_system", **fields), known)
    for other, hours in group.opening_hours.items():
        yield Line(text("effects.opening_hours", name=names[other], hours=hours), "observed")
    for key, codes in (
        ("unknown_services", group.unknown_services),
        ("unknown_case_systems", group.unknown_case_systems),
        ("unknown_opening_hours", group.unknown_opening_hours),
    ):
        if codes:
            yield Line(text(f"effects.{key}", names=named(facts, codes)))


def _competence(facts: Facts, code: str) -> Iterator[Line | FactTable]:
    """Tell who carries each field in the office, and how often nobody does, before and after."""
    instance = facts.instance
    home = municipal_plan(instance, facts.plan)
    before = municipal_plan(instance, instance.baseline).host_of[code]
    host = home.host_of[code]
    if host not in facts.functions:
        return
    rows, rows_before = facts.functions[host], facts.functions_before[before]
    fte = facts.fte(list(home.groups[host]))
    basis = facts.own_provenance("fte", home.groups[host])
    fields = {"host": facts.instance.names[host], "fte": spoken(fte, "fte", basis)}
    yield Line(text("municipality.competence.office", **fields, count=len(rows)), basis)
    short = [_function(facts, row) for row in rows if not row["team_possible"]]
    if short:
        yield Line(text("municipality.competence.too_few", functions=enumeration(short)), "assumed")
    headings = tuple(
        text(f"municipality.competence.{name}")
        for name in ("function", "advisers", "uncovered", "uncovered_before")
    )
    cells = tuple(
        (_function(facts, row), number(row["advisers"]), _days(row), _days(was))
        for row, was in zip(rows, rows_before, strict=True)
    )
    working_days = f"{facts.instance.assumptions['working_days_per_year']:.0f}"
    caption = text("municipality.competence.table", days=working_days)
    yield FactTable(caption, headings, cells, "assumed")


def _function(facts: Facts, row: FactRow) -> str:
    return function_name(row["function"], facts.instance.functions[row["function"]].name)


def _days(row: FactRow) -> str:
    return f"{row['uncovered_days']:.0f}"


def _influence(facts: Facts, code: str) -> Iterator[Line]:
    members, instance = facts.group(code), facts.instance
    name = instance.names[code]
    if len(members) == 1:
        yield Line(text("municipality.influence.alone", name=name))
    else:
        shares = [facts.figures[code][key] for key in ("group_share", "group_share_baseline")]
        if np.isfinite(shares).all():
            everyone = sorted({*members, *facts.group_before(code)})
            key = "share_same" if shares[0] == shares[1] else "share"
            yield Line(
                text(
                    f"municipality.influence.{key}",
                    name=name,
                    share=spoken(shares[0], "share"),
                    before=spoken(shares[1], "share"),
                ),
                facts.own_provenance("population", everyone),
            )
        count = len(members)
        fields = {"name": name, "count": count, "share": spoken(1 / count, "share")}
        yield Line(text("municipality.influence.vote", **fields), "scenario")
        yield from _crossed(facts, code)
        yield from _told(facts, code, {"law.instruction", "law.least_notice"})
    is_host, was = facts.plan.host_of[code] == code, instance.baseline.host_of[code] == code
    if is_host != was and not facts.is_cooperation:
        key = "gained" if is_host else "lost"
        yield Line(text(f"municipality.influence.office_{key}", name=name), "scenario")
    yield from _told(facts, code, PLAN_LAW)


def _crossed(facts: Facts, code: str) -> Iterator[Line]:
    """Say whether the group keeps within one regional council, as far as councils are known."""
    members = facts.group(code)
    councils = {one: council_of(facts.instance, one) for one in members}
    known = sorted(set(councils.values()) - {""})
    inside = [one for one in members if councils[one]]
    if len(known) > 1:
        crossed = text("municipality.influence.councils_crossed", councils=enumeration(known))
        yield Line(crossed, "observed")
    elif known and len(inside) < len(members):
        fields = {"council": known[0], "names": named(facts, inside)}
        yield Line(text("municipality.influence.council_partly", **fields), "observed")
    elif known:
        yield Line(text("municipality.influence.one_council", council=known[0]), "observed")


def _money(facts: Facts, code: str) -> Iterator[Line | FactTable]:
    """Tell the municipality's part of the group's yearly costs, by every key."""
    cost, before = facts.costs[code], facts.costs_before[code]
    members = len(facts.group(code))
    if not np.isfinite(cost["group_nok"]):
        yield Line(text("municipality.money.unknown"))
        return
    fields = {"cost": spoken(round(cost["group_nok"], -3), "nok_per_year"), "count": members}
    key = "group" if members > 1 else "alone"
    yield Line(text(f"municipality.money.{key}", **fields), "assumed")
    yield Line(text("municipality.money.what"))
    headings = tuple(
        text(f"municipality.money.{name}") for name in ("key", "share", "cost", "before", "basis")
    )
    rows = tuple(
        (
            text(f"effects.by_{key}"),
            _share(cost[f"{key}_share"]),
            _nok(cost[f"{key}_nok"]),
            _nok(before[f"{key}_nok"]),
            text(f"provenance.{cost.get(f'{key}_provenance', 'assumed')}"),
        )
        for key in KEYS
    )
    yield FactTable(text("municipality.money.table"), headings, rows, "assumed")
    if members > 1 and cost["users_provenance"] == "estimated":
        yield Line(text("effects.no_visits"))


def _own_no(facts: Facts, code: str) -> Iterator[Line]:
    """Tell what happens if this council says no."""
    if code not in facts.withdrawals:
        yield Line(text("municipality.no.alone", name=facts.instance.names[code]))
        return
    told = [one for one in facts.findings if one.topic == "withdrawal"]
    host = facts.plan.host_of[code]
    about_groups = {f"withdrawal.{name}" for name in GROUP_FINDINGS}
    for one in told:
        of_group = one.about == (host,) and one.key in about_groups
        of_own = one.about == (code,) and one.key not in about_groups
        if not one.about or of_group or of_own:
            yield _line(facts, one)


def _host_no(facts: Facts, code: str) -> Iterator[Line]:
    """Tell what happens if the host says no, and what this municipality then gets."""
    host = facts.plan.host_of[code]
    if host == code:
        return
    about_groups = {f"withdrawal.{name}" for name in GROUP_FINDINGS}
    for one in facts.findings:
        if one.topic == "withdrawal" and one.about == (host,) and one.key not in about_groups:
            yield _line(facts, one)
    if facts.withdrawals[host].rest_host == code:
        return  # that it takes over is said
    office = facts.withdrawals[host].offices[code]
    name, new_host = facts.instance.names[code], facts.instance.names[office.host]
    if office.host == code:
        key = "then_own" if office.size.fte else "then_own_without_staff"
    else:
        key = "then_host" if np.isfinite(office.minutes) else "then_unreachable"
    sentence_ = text(
        f"municipality.no.{key}",
        name=name,
        host=new_host,
        minutes=spoken(office.minutes, "min"),
        fte=spoken(office.size.fte, "fte", facts.instance.provenance_of("fte")),
    )
    yield Line(sentence_, "assumed")


def _keep(facts: Facts, code: str) -> Iterator[Line]:
    """Tell what must be kept here, whoever hosts."""
    for row in facts.keeps:
        if row["code"] == code:
            kept = {True: "kept", False: "lost", None: "unknown"}[row["kept"]]
            fields = {
                "reason": keep_reason(row),
                "days": spoken(row["presence_days"], "days"),
                "before": spoken(row["presence_days_baseline"], "days"),
            }
            yield Line(text(f"municipality.keep.{kept}", **fields), "assumed")


def _labour_market(facts: Facts, code: str) -> Iterator[Line]:
    """Tell where inhabitants work."""
    host = facts.plan.host_of[code]
    for one in facts.findings:
        of_group = one.about == (host,) and one.key in GROUP_MARKETS
        if one.topic == "labour_market" and (of_group or one.about == (code,)):
            yield _line(facts, one)


def _told(facts: Facts, code: str, keys: set[str]) -> Iterator[Line]:
    """Write those findings about a municipality or its group that have one of the keys."""
    host = facts.plan.host_of[code]
    for one in facts.findings:
        if one.key in keys and ({code, host} & set(one.about) or not one.about):
            yield _line(facts, one)


def _line(facts: Facts, finding: Finding) -> Line:
    return Line(finding_sentence(finding, all_names(facts.instance)), finding.provenance)


def _share(value: float) -> str:
    return number(value if np.isfinite(value) else None, "share")


def _nok(value: float) -> str:
    return number(value if np.isfinite(value) else None, "nok")


#: Findings about what a group needs as a whole; they name its host.
GROUP_FINDINGS = ("stands", "stands_but_for_pairs", "depends", "depends_on_pair", "too_small")

#: Findings about where a group lies; they name its host.
#: What the law says of a plan as a whole.
PLAN_LAW = {
    "law.cross_county",
    "law.close_cooperation",
    "law.merger",
    "law.state_only",
    "law.state_only_shared_office",
}
GROUP_MARKETS = ("labour_market.one_region", "labour_market.several_regions")

#: Topic -> what tells it; the order in which they are read.
TOPICS: Mapping[str, Callable[[Facts, str], Iterable[Line | FactTable]]] = {
    "office": _office,
    "staff": _staff,
    "services": _services,
    "competence": _competence,
    "influence": _influence,
    "money": _money,
    "own_no": _own_no,
    "host_no": _host_no,
    "keep": _keep,
    "labour_market": _labour_market,
}
