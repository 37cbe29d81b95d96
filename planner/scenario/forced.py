"""Municipalities asked about on the command line, and scenarios that force a host on them."""

from __future__ import annotations

from collections.abc import Mapping

from planner.errors import AmbiguousMunicipalityError, PlannerError, UnknownMunicipalityError
from planner.io.bundle import Bundle
from planner.io.gazetteer import Gazetteer
from planner.io.tables.municipalities import read_municipalities
from planner.messages.message import Message
from planner.model.limits import let_serve
from planner.scenario.load import resolve
from planner.scenario.vocabulary import Propose, Scenario
from planner.spelling import did_you_mean, key, shown


def code_in_region(text: str, scenario: Scenario, bundle: Bundle) -> str:
    """Return the code of a municipality of a scenario's region, by its name or its centre's.

    Raises
    ------
    PlannerError : no municipality of the region, nor the centre of one, is called so.
    """
    gazetteer, codes = Gazetteer.from_bundle(bundle), resolve(scenario, bundle).codes
    table = read_municipalities(bundle).loc[list(codes)]
    try:
        code = gazetteer.resolve(text, codes)
    except (UnknownMunicipalityError, AmbiguousMunicipalityError) as error:
        centres = [one for one in codes if key(table["centre_name"][one]) == key(text)]
        if len(centres) == 1:
            return centres[0]
        known = [*table["name"], *table["centre_name"]]
        unknown = isinstance(error, UnknownMunicipalityError)
        hint = did_you_mean(text, known) if unknown else None
        told = Message.of("name.not_in_region", hint, name=shown(text)) if hint else error.message
        raise PlannerError(told) from None
    if code not in codes:
        hint = did_you_mean(text, table["name"])
        raise PlannerError(Message.of("name.elsewhere", hint, name=gazetteer.unique_name(code)))
    return code


def forced_hosts(pairs: list[str], scenario: Scenario, bundle: Bundle) -> dict[str, str]:
    """Read ``NAME=HOST`` into code -> code of its host.

    Raises
    ------
    PlannerError : a pair is not written so, or one of its names is not known in the region.
    """
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, host = (part.strip() for part in pair.partition("="))
        if not (name and equals and host):
            raise PlannerError(Message.of("option.force", pair=shown(pair)))
        code = code_in_region(name, scenario, bundle)
        if code in found:
            raise PlannerError(Message.of("option.forced_twice", pair=shown(pair), name=name))
        found[code] = code_in_region(host, scenario, bundle)
    return found


def with_forced_hosts(scenario: Scenario, host_of: Mapping[str, str]) -> Scenario:
    """Return a scenario whose request lets given hosts serve some municipalities."""
    propose = let_serve(scenario.propose or Propose(), host_of)
    return scenario.model_copy(update={"propose": propose})
