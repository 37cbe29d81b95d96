"""Law: what a plan may not do, and what an agreement between host and members must settle.

Sources: kommuneloven chapter 20 (formerly § 28-1) as read by the Nordland project report (2018) and
by the checklist for host-municipality cooperation (KS and the Directorate, February 2024).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from planner.assess.finding import Amount, Day, Field, Finding, Words, place, places
from planner.assess.indicator import Indicator
from planner.assess.two_employers import staff_parts
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.scenario.vocabulary import Agreement

#: What an agreement must settle, in the order of the law.
ITEMS = (
    "participants",
    "tasks",
    "authority",
    "start",
    "information",
    "settlement",
    "notice",
    "dissolution",
    "other",
)
#: Forms in which one municipality decides for another by agreement, or would have to.
BY_AGREEMENT = ("host_municipality", "close_cooperation")


@dataclass(frozen=True)
class ChecklistItem:
    """Something that the agreement must settle: ``law.item.<key>`` in the catalogue.

    Attributes
    ----------
    key : name of the item.
    settled : what the scenario says about it; empty where it is still open.
    """

    key: str
    settled: tuple[Finding, ...]

    @property
    def is_open(self) -> bool:
        """Whether nothing is settled yet."""
        return not self.settled


def assess_law(instance: Instance, plan: Plan) -> Iterator[Indicator]:
    """Yield what a plan would do that the law does not allow, or watches with care."""
    shared = _shared(plan)
    counties = {
        host: float(len(_counties(instance, members))) for host, members in plan.groups.items()
    }
    yield Indicator(
        "law.cross_county_groups",
        float(sum(count > 1 for count in counties.values())),
        "scenario",
        ("municipalities",),
        counties,
    )
    decided = {
        code: float(plan.is_cooperation and host != code) for code, host in plan.host_of.items()
    }
    yield Indicator(
        "law.without_authority_municipalities",
        sum(decided.values()),
        "scenario",
        (),
        {host: sum(decided[code] for code in members) for host, members in shared.items()},
        decided,
    )


def law_findings(instance: Instance, plan: Plan) -> Iterator[Finding]:
    """State what the law does not allow in a plan, and what it asks for."""
    shared = _shared(plan)
    if plan.is_cooperation and shared:
        yield Finding("law.close_cooperation", tuple(shared), "scenario", {})
    for host, members in plan.groups.items():
        counties = _counties(instance, members)
        if len(counties) > 1:
            yield Finding(
                "law.cross_county",
                (host,),
                "scenario",
                {"host": place(host), "counties": Words(counties)},
            )
    yield from _languages(instance, plan)
    if plan.form == "state_only" and shared:
        yield from _only_the_state(instance, shared)
    if plan.form == "municipal_merger" and shared:
        yield Finding("law.merger", tuple(shared), "scenario", {})
    if plan.form == "host_municipality" and shared:
        yield from _transfers(instance, plan)
        yield Finding("law.instruction", tuple(shared), "scenario", {})
        yield Finding("law.least_notice", tuple(shared), "scenario", {})


def agreement_checklist(plan: Plan, agreement: Agreement) -> tuple[ChecklistItem, ...]:
    """List what the agreements must settle, and what of it a scenario already settles.

    Parameters
    ----------
    plan : its groups and hosts are the participants.
    agreement : of the scenario.

    Returns
    -------
    The items in the order of the law; none where no agreement is needed, as nobody shares an
    office anew, or municipalities merge, or the plan is today's or a network.
    """
    if plan.form not in BY_AGREEMENT or plan.teams or not _shared(plan):
        return ()
    settled = {**dict.fromkeys(ITEMS, ()), **dict(_settled(plan, agreement))}
    return tuple(ChecklistItem(key, findings) for key, findings in settled.items())


def _settled(plan: Plan, agreement: Agreement) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    if plan.form == "host_municipality":
        yield (
            "participants",
            tuple(
                _said("participants", host=place(host), members=places(_others(host, members)))
                for host, members in _shared(plan).items()
            ),
        )
    if agreement.tasks:
        yield "tasks", (_said("tasks", tasks=Words(tuple(agreement.tasks))),)
    if agreement.authority:
        yield "authority", (_said(f"authority_{agreement.authority}"),)
    if agreement.from_date:
        yield "start", (_said("start", day=Day(agreement.from_date)),)
    if agreement.information:
        yield "information", (_said("information", text=Words((agreement.information,))),)
    if agreement.settlement:
        yield "settlement", (_said(f"settlement_{agreement.settlement}"),)
    if agreement.notice_months:
        yield "notice", (_said("notice", notice=Amount(agreement.notice_months, "months")),)
    if agreement.dissolution:
        yield "dissolution", (_said("dissolution", text=Words((agreement.dissolution,))),)
    if agreement.other:
        yield "other", (_said("other", text=Words((agreement.other,))),)


def _said(name: str, **fields: Field) -> Finding:
    return Finding(f"law.settled_{name}", (), "scenario", fields)


def _transfers(instance: Instance, plan: Plan) -> Iterator[Finding]:
    """State whose municipal staff get another municipality as their employer."""
    fte, before = instance.municipalities["fte"], instance.baseline.host_of
    for host, members in _shared(plan).items():
        moved = [code for code in members if before[code] != host and fte[code] > 0]
        if moved:
            fields = {"host": place(host), "members": places(moved)}
            yield Finding("law.transfer", (host,), "scenario", fields)


def _only_the_state(instance: Instance, shared: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    """State what stays in the municipalities, and that the law asks for shared offices."""
    state, municipal = (pd.Series(part, index=instance.codes) for part in staff_parts(instance))
    provenance = instance.provenance_of("fte")
    for host, members in shared.items():
        fields: dict[str, Field] = {
            "host": place(host),
            "members": places(_others(host, members)),
            "state": Amount(float(state[list(members)].sum()), "fte"),
            "municipal": Amount(float(municipal[list(members)].sum()), "fte"),
        }
        yield Finding("law.state_only", (host,), provenance, fields)
    yield Finding("law.state_only_shared_office", tuple(shared), "observed", {})


def _languages(instance: Instance, plan: Plan) -> Iterator[Finding]:
    """State whose users have a right to a Sami language that their host need not have."""
    spoken = instance.sami_languages
    for code, language in sorted(spoken.items()):
        host = plan.host_of[code]
        if spoken.get(host) != language:
            fields = {"municipality": place(code), "host": place(host)}
            yield Finding(f"law.sami_{language.lower()}", (code,), "observed", fields)


def _shared(plan: Plan) -> dict[str, tuple[str, ...]]:
    return {host: members for host, members in plan.groups.items() if len(members) > 1}


def _others(host: str, members: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in members if code != host)


def _counties(instance: Instance, members: tuple[str, ...]) -> tuple[str, ...]:
    county = instance.municipalities["county"]
    return tuple(sorted({str(county[code]) for code in members}))
