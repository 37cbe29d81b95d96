"""Do a scenario's own figures refer to what the data know?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Self

from planner.io.bundle import Bundle
from planner.io.gazetteer import Gazetteer
from planner.io.tables.assumptions import Assumption, load_assumptions
from planner.io.tables.services import service_names
from planner.messages.message import Message
from planner.scenario.checks.context import Context
from planner.spelling import did_you_mean, shown
from planner.yamlfile.tree import KeyPath, TextFault


@dataclass(frozen=True)
class Known:
    """What names in a scenario may refer to.

    Attributes
    ----------
    bundle : the data.
    gazetteer : municipalities, regional councils and counties.
    parameters : entries of assumptions.yaml by name.
    services : municipal services; none where the data have no catalogue.
    """

    bundle: Bundle
    gazetteer: Gazetteer
    parameters: Mapping[str, Assumption]
    services: tuple[str, ...] = ()

    @classmethod
    def in_bundle(cls, bundle: Bundle) -> Self:
        """Read all of it.

        Raises
        ------
        DataError : a table is missing, changed or faulty.
        """
        return cls(
            bundle,
            Gazetteer.from_bundle(bundle),
            load_assumptions(bundle),
            tuple(service_names(bundle)) if bundle.has("services") else (),
        )


def check_figures(context: Context, known: Known) -> Iterator[TextFault]:
    """Find figures for what does not exist, and parameters outside their range."""
    yield from _assumptions(context, known)
    yield from _services(context, known)
    yield from _nothing_given(context)


def _assumptions(context: Context, known: Known) -> Iterator[TextFault]:
    for name, value in context.scenario.assumptions.items():
        path: KeyPath = ("assumptions", name)
        entry = known.parameters.get(name)
        if entry is None:
            yield context.finding(
                path, partial(_unknown, "figure.no_parameter", name, known.parameters)
            )
            continue
        least, most = entry.allowed
        if not least <= value <= most:
            message = Message.of(
                "figure.out_of_range", value=value, low=least, high=most, unit=entry.unit
            )
            yield context.finding(path, message)


def _nothing_given(context: Context) -> Iterator[TextFault]:
    for name, own in context.scenario.municipalities.items():
        path: KeyPath = ("municipalities", name)
        if not own.model_fields_set and context.sound(*path):
            expected = tuple(type(own).model_fields)
            yield context.finding(path, Message.of("figure.none_given", keys=expected))


def _services(context: Context, known: Known) -> Iterator[TextFault]:
    lists: list[tuple[KeyPath, Sequence[str]]] = [
        (("municipalities", name, "services"), own.services or ())
        for name, own in context.scenario.municipalities.items()
    ]
    lists.append((("agreement", "tasks"), context.scenario.agreement.tasks))
    for path, services in lists:
        first: dict[str, int] = {}
        for position, service in enumerate(services):
            here: KeyPath = (*path, position)
            if known.services and service not in known.services:
                unknown = partial(_unknown, "figure.no_service", service, known.services)
                yield context.finding(here, unknown)
            if first.setdefault(service, position) != position:
                yield context.finding(here, Message.of("figure.service_twice", name=shown(service)))


def _unknown(code: str, name: str, known: Collection[str]) -> Message:
    choices = Message.of("name.known", names=tuple(sorted(known)))
    return Message.of(code, did_you_mean(name, known) or choices, name=shown(name))
