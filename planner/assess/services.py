"""Services and systems: what must be harmonised when municipalities share an office.

Catalogues, case systems and opening hours are known for few municipalities. What is unknown is
neither equal nor different: it is left out of every figure and named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from planner.assess.indicator import Indicator
from planner.assess.two_employers import municipal_plan
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.provenance import Provenance, weakest

_Codes = tuple[str, ...]
Known = TypeVar("Known")


@dataclass(frozen=True)
class ServiceDifference:
    """A service that some members of a group offer in their office, and others do not; codes."""

    service: str
    offered_by: _Codes
    not_offered_by: _Codes


@dataclass(frozen=True)
class Harmonisation:
    """What the members of one group must make equal, and what is not known; all by code.

    Attributes
    ----------
    host : of the group.
    services : services on which the known catalogues differ, in the order of the catalogue.
    case_systems : known case system -> its members; more than one must become one.
    opening_hours : member -> opening hours in words, where known.
    unknown_services, unknown_case_systems, unknown_opening_hours : members about whom it is not
        known; they may differ too.
    """

    host: str
    services: tuple[ServiceDifference, ...]
    case_systems: Mapping[str, _Codes]
    opening_hours: Mapping[str, str]
    unknown_services: _Codes
    unknown_case_systems: _Codes
    unknown_opening_hours: _Codes


def harmonisation(instance: Instance, plan: Plan) -> list[Harmonisation]:
    """List what each group must harmonise, groups of one left out, sorted by host.

    Here and below groups are those of `municipal_plan`.
    """
    plan = municipal_plan(instance, plan)
    catalogues = _catalogues(instance)
    return [
        _group_harmonisation(instance, host, members, catalogues)
        for host, members in plan.groups.items()
        if len(members) > 1
    ]


def catalogue_distance(instance: Instance, plan: Plan) -> dict[str, float | None]:
    """Return how far each municipality's catalogue is from its host's, by code.

    Returns
    -------
    Jaccard distance, share 0-1: services that only one of the two offers / services that either
    offers. 0 for hosts, and where neither offers any; None where either catalogue is unknown.

    Source
    ------
    Jaccard, P. (1912), The distribution of the flora in the alpine zone. New Phytologist 11, 37-50.
    Services that nobody offers do not change it, so that a longer list of services does not
    make catalogues look more alike.
    """
    home = municipal_plan(instance, plan)
    return _against_host(home, _catalogues(instance), _jaccard_distance)


def case_system_change(instance: Instance, plan: Plan) -> dict[str, float | None]:
    """Return 1 where a municipality's case system is not its host's, else 0; None if unknown."""
    home = municipal_plan(instance, plan)
    return _against_host(home, instance.case_systems, lambda own, host: float(own != host))


def assess_services(instance: Instance, plan: Plan) -> Iterator[Indicator]:
    """Yield what must be harmonised, and how much is known about it."""
    plan = municipal_plan(instance, plan)
    yield from _catalogue_indicators(instance, plan)
    yield from _case_system_indicators(instance, plan)
    for key, table, known in (
        ("services.known_catalogues", "services", _catalogues(instance)),
        ("services.known_case_systems", "case_systems", instance.case_systems),
        ("services.known_opening_hours", "opening_hours", instance.opening_hours),
    ):
        is_known = {code: float(code in known) for code in plan.municipalities}
        yield Indicator(
            key,
            sum(is_known.values()),
            "observed",
            (table,),
            {host: sum(is_known[code] for code in codes) for host, codes in plan.groups.items()},
            is_known,
        )


def _catalogue_indicators(instance: Instance, plan: Plan) -> Iterator[Indicator]:
    distance = catalogue_distance(instance, plan)
    yield _per_inhabitant(
        "services.catalogue_distance_share",
        distance,
        instance,
        plan,
        known_provenance=instance.services_provenance,
        table="services",
    )
    to_harmonise = {
        group.host: _to_harmonise(group, plan) for group in harmonisation(instance, plan)
    }
    yield Indicator(
        "services.services_to_harmonise",
        sum_of_known(to_harmonise.values()),
        weakest(instance.services_provenance.values()),
        ("services",),
        {host: to_harmonise.get(host, 0.0) for host in plan.groups},
    )


def _to_harmonise(group: Harmonisation, plan: Plan) -> float | None:
    """Count the services on which a group differs; None where no two catalogues are known."""
    known = len(plan.groups[group.host]) - len(group.unknown_services)
    return float(len(group.services)) if known > 1 else None


def _case_system_indicators(instance: Instance, plan: Plan) -> Iterator[Indicator]:
    change = case_system_change(instance, plan)
    yield _per_inhabitant(
        "services.other_case_system_share",
        change,
        instance,
        plan,
        known_provenance=instance.case_systems_provenance,
        table="case_systems",
    )
    yield Indicator(
        "services.case_systems_to_replace",
        sum_of_known(change[code] for code in _satellites(plan)),
        weakest(instance.case_systems_provenance.values()),
        ("case_systems",),
        {
            host: sum_of_known(change[code] for code in members if code != host)
            for host, members in plan.groups.items()
        },
        change,
    )


def sum_of_known(values: Iterable[float | None]) -> float | None:
    """Sum what is known; None where something is asked about and nothing is known."""
    asked = list(values)
    known = [value for value in asked if value is not None]
    return sum(known, 0.0) if known or not asked else None


def _per_inhabitant(
    key: str,
    figures: Mapping[str, float | None],
    instance: Instance,
    plan: Plan,
    *,
    known_provenance: Mapping[str, Provenance],
    table: str,
) -> Indicator:
    """Make an indicator that is the mean over inhabitants of the satellites that are known."""
    people = dict(zip(instance.codes, instance.figure("population").tolist(), strict=True))

    def mean(codes: Iterable[str]) -> float | None:
        asked = [code for code in codes if plan.host_of[code] != code]
        known = [(people[code], value) for code in asked if (value := figures[code]) is not None]
        weight = sum(count for count, _ in known)
        if not asked:
            return 0.0
        return sum(count * value for count, value in known) / weight if weight > 0 else None

    return Indicator(
        key,
        mean(plan.municipalities),
        weakest([instance.provenance_of("population"), *known_provenance.values()]),
        (table, "municipalities"),
        {host: mean(members) for host, members in plan.groups.items()},
        figures,
    )


def _catalogues(instance: Instance) -> dict[str, frozenset[str]]:
    """Return the services that each municipality offers, where its catalogue is known."""
    table = instance.services
    names = list(table.columns)
    return {
        str(code): frozenset(name for name, offered in zip(names, row, strict=True) if offered)
        for code, row in zip(table.index, table.to_numpy(dtype=bool), strict=True)
    }


def _group_harmonisation(
    instance: Instance, host: str, members: _Codes, catalogues: Mapping[str, frozenset[str]]
) -> Harmonisation:
    known = [code for code in members if code in catalogues]
    differences = []
    for service in instance.services.columns:
        offered = tuple(code for code in known if service in catalogues[code])
        if 0 < len(offered) < len(known):
            others = tuple(code for code in known if code not in offered)
            differences.append(ServiceDifference(str(service), offered, others))
    systems: dict[str, _Codes] = {}
    for code in members:
        if code in instance.case_systems:
            name = instance.case_systems[code]
            systems[name] = (*systems.get(name, ()), code)
    hours = instance.opening_hours
    return Harmonisation(
        host=host,
        services=tuple(differences),
        case_systems=systems,
        opening_hours={code: hours[code] for code in members if code in hours},
        unknown_services=_without(members, catalogues),
        unknown_case_systems=_without(members, instance.case_systems),
        unknown_opening_hours=_without(members, hours),
    )


def _without(members: _Codes, known: Mapping[str, object]) -> _Codes:
    return tuple(code for code in members if code not in known)


def _jaccard_distance(own: frozenset[str], host: frozenset[str]) -> float:
    either = own | host
    return len(own ^ host) / len(either) if either else 0.0


def _against_host(
    plan: Plan, known: Mapping[str, Known], difference: Callable[[Known, Known], float]
) -> dict[str, float | None]:
    """Compare each municipality with its host; 0 for hosts, None where either is unknown."""
    return {
        code: 0.0
        if code == host
        else difference(known[code], known[host])
        if code in known and host in known
        else None
        for code, host in plan.host_of.items()
    }


def _satellites(plan: Plan) -> list[str]:
    return [code for code, host in plan.host_of.items() if code != host]
