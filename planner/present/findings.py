"""Findings as sentences: one whole text of the catalogue each, with its fields filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planner.assess.finding import Amount, Day, Field, Finding, Places
from planner.model.instance import Instance
from planner.present.text import Language, day, enumeration, spoken, text


def sentence(finding: Finding, names: Mapping[str, str], language: Language = "nb") -> str:
    """Write one finding.

    Such as «Hemsedal: 31 min til Gol, uendret; ingen årsverk flyttes.»

    Parameters
    ----------
    finding : its key is ``finding.<key>`` in the catalogue.
    names : code -> name, for every municipality that it names.

    Raises
    ------
    KeyError : the catalogue has no such text, or the text has a field that the finding lacks.
    """
    fields = {name: _written(field, names, language) for name, field in finding.fields.items()}
    return text(f"finding.{finding.key}", language, **fields)


def sentences(
    findings: Iterable[Finding], instance: Instance, language: Language = "nb"
) -> list[str]:
    """Write findings about a region, in their order."""
    names = all_names(instance)
    return [sentence(finding, names, language) for finding in findings]


def all_names(instance: Instance) -> dict[str, str]:
    """Return code -> name of the region's municipalities, and of those that surround it."""
    around = instance.surroundings
    outside = {} if around is None else dict(around.municipalities["name"])
    return {**outside, **instance.names}


def _written(field: Field, names: Mapping[str, str], language: Language) -> str:
    if isinstance(field, Amount):
        return spoken(field.value, field.unit, language)
    if isinstance(field, Places):
        return enumeration([names[code] for code in field.codes], language, field.joined_by)
    if isinstance(field, Day):
        return day(field.date, language)
    return enumeration(field.texts, language)
