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
from planner.scenario.checks.context import Context
from planner.spelling import did_you_mean, quoted
from planner.yamlfile.tree import Finding, Path
from planner.yamlfile.wording import listed


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


def check_figures(context: Context, known: Known) -> Iterator[Finding]:
    """Find figures for what does not exist, and parameters outside their range."""
    yield from _assumptions(context, known)
    yield from _services(context, known)
    yield from _nothing_given(context)


def _assumptions(context: Context, known: Known) -> Iterator[Finding]:
    for name, value in context.scenario.assumptions.items():
        path: Path = ("assumptions", name)
        entry = known.parameters.get(name)
        if entry is None:
            yield context.finding(path, partial(_unknown, "parameter", name, known.parameters))
            continue
        least, most = entry.allowed
        if not least <= value <= most:
            message = (
                f"{value:.12g} is outside the range of this parameter. "
                f"From {least:.12g} to {most:.12g} ({entry.unit}) is expected."
            )
            yield context.finding(path, message)


def _nothing_given(context: Context) -> Iterator[Finding]:
    for name, own in context.scenario.municipalities.items():
        path: Path = ("municipalities", name)
        if not own.model_fields_set and context.sound(*path):
            expected = listed(list(type(own).model_fields))
            yield context.finding(path, f"no figure is given. {expected} is expected.")


def _services(context: Context, known: Known) -> Iterator[Finding]:
    lists: list[tuple[Path, Sequence[str]]] = [
        (("municipalities", name, "services"), own.services or ())
        for name, own in context.scenario.municipalities.items()
    ]
    lists.append((("agreement", "tasks"), context.scenario.agreement.tasks))
    for path, services in lists:
        first: dict[str, int] = {}
        for position, service in enumerate(services):
            here: Path = (*path, position)
            if known.services and service not in known.services:
                yield context.finding(here, partial(_unknown, "service", service, known.services))
            if first.setdefault(service, position) != position:
                yield context.finding(here, f"{quoted(service)} is named twice. Name it once.")


def _unknown(kind: str, name: str, known: Collection[str]) -> str:
    meant = did_you_mean(name, known)
    choices = "" if meant else f" Known: {', '.join(sorted(known))}."
    return f"no {kind} is called {quoted(name)}.{choices}{meant}"
