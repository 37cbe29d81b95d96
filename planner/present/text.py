"""Texts that people read, from one catalogue a language; numbers as each language writes them."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from datetime import date as Date  # noqa: N812 - a date is what `day` writes
from functools import cache
from importlib import resources
from typing import Literal, get_args

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

Language = Literal["nb", "nn", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LOCALES: dict[Language, str] = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}
#: How a share ends; English sets no space before the sign.
PER_CENT: dict[Language, str] = {"nb": "\u00a0%", "nn": "\u00a0%", "en": "%"}
MINUS = "\u2212"
#: Decimals by unit, 1 for the others; -3 is thousands, since assumed prices bear no more.
DECIMALS = {
    "groups": 0,
    "fte": 2,
    "index": 2,
    "offices": 0,
    "persons": 0,
    "municipalities": 0,
    "locations": 0,
    "regions": 0,
    "services": 0,
    "nok": -3,
    "nok_per_year": -3,
}


@cache
def _catalogue(language: Language) -> dict[str, str]:
    raw = resources.files("planner.present").joinpath("texts", f"{language}.toml").read_bytes()
    return dict(_flattened("", tomllib.loads(raw.decode("utf-8"))))


def _flattened(prefix: str, node: dict[str, object]) -> list[tuple[str, str]]:
    entries: list[tuple[str, str]] = []
    for key, value in node.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            entries += _flattened(f"{name}.", value)
        else:
            entries.append((name, str(value)))
    return entries


def text(key: str, language: Language = "nb", **values: object) -> str:
    """Return a text of the catalogue with its fields filled in.

    Raises
    ------
    KeyError : the catalogue has no such text, or a field is not given.
    """
    return _catalogue(language)[key].format(**values)


def keys(language: Language = "nb") -> frozenset[str]:
    """Return the keys of a catalogue."""
    return frozenset(_catalogue(language))


def number(value: float | None, unit: str = "", language: Language = "nb") -> str:
    """Write a figure as the language does, with the unit's usual number of decimals."""
    if value is None:
        return text("figure.undefined", language)
    if unit == "share":
        return _per_cent(value, "#,##0.0", language)
    decimals = DECIMALS.get(unit, 1)
    pattern = "#,##0" + ("." + "0" * decimals if decimals > 0 else "")
    return format_decimal(round(value, decimals) + 0.0, pattern, locale=LOCALES[language])


def _per_cent(value: float, pattern: str, language: Language) -> str:
    return format_percent(value, pattern + PER_CENT[language], locale=LOCALES[language])


def figure(value: float | None, unit: str, language: Language = "nb") -> str:
    """Write a figure with its unit; a share carries its per cent sign already."""
    written = number(value, unit, language)
    if value is None or unit == "share":
        return written
    return f"{written}\u00a0{_unit(written, unit, language)}".rstrip()


def span(low: float | None, high: float | None, unit: str, language: Language = "nb") -> str:
    """Write a range without its unit; nothing where there is none."""
    if low is None or high is None:
        return ""
    return f"{amount(low, unit, language)}–{amount(high, unit, language)}"


def _unit(written: str, unit: str, language: Language) -> str:
    """Return the unit's name as it follows a figure: one kontor, two kontorer."""
    single = f"unit_of_one.{unit}"
    return text(single if written == "1" and single in keys(language) else f"unit.{unit}", language)


def change(value: float | None, unit: str, language: Language = "nb") -> str:
    """Write a change with its sign; percentage points for shares."""
    if value is None:
        return text("figure.undefined", language)
    written = signed_amount(value, unit, language) or f"±{amount(0.0, unit, language)}"
    suffix = _unit(written[1:], "percentage_points" if unit == "share" else unit, language)
    return f"{written}\u00a0{suffix}".rstrip()


def amount(value: float | None, unit: str, language: Language = "nb") -> str:
    """Write a figure without its unit; shares as per cent."""
    if value is None or unit != "share":
        return number(value, unit, language)
    return number(value * 100, "", language)


def signed_amount(value: float | None, unit: str, language: Language = "nb") -> str:
    """Write a change with its sign and without its unit; nothing where it rounds to none."""
    written = amount(None if value is None else abs(value), unit, language)
    if value is None or written == amount(0.0, unit, language):
        return ""
    return f"{'+' if value > 0 else MINUS}{written}"


def unit_name(unit: str, language: Language = "nb") -> str:
    """Return what stands over a column of amounts: ``min``, ``%``, ``kontorer``."""
    return "%" if unit == "share" else text(f"unit.{unit}", language)


def spoken(value: float, unit: str, language: Language = "nb") -> str:
    """Write a figure with its unit as a sentence does: whole minutes, no idle decimals."""
    if not math.isfinite(value):
        return text("figure.undefined", language)
    if unit == "share":
        return _per_cent(value, "#,##0.#", language)
    pattern = "#,##0" if unit == "min" else "#,##0.##"
    written = format_decimal(value, pattern, locale=LOCALES[language])
    return f"{written}\u00a0{_unit(written, unit, language)}" if unit else written


def enumeration(
    names: Sequence[str], language: Language = "nb", joined_by: Literal["and", "or"] = "and"
) -> str:
    """Join names as a sentence does: «Gol, Nesbyen og Ål»."""
    if len(names) < 2:  # noqa: PLR2004 - one name needs no conjunction
        return "".join(names)
    return f"{', '.join(names[:-1])} {text(f'figure.{joined_by}', language)} {names[-1]}"


def day(date: Date, language: Language = "nb") -> str:
    """Write a date as the language does: «1. januar 2027»."""
    return format_date(date, "long", locale=LOCALES[language])
