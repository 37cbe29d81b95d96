"""Texts that people read, from one catalogue a language; numbers as each language writes them."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
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
#: A variable of the context, since sessions of the app, each in its thread, differ in language.
_LANGUAGE: ContextVar[Language] = ContextVar("language", default="nb")
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
#: What is never written with decimals where it was estimated, or rests on an assumption.
WHOLE = frozenset({"fte"})
ROUGH = frozenset({"estimated", "assumed"})


def language() -> Language:
    """Return the language that texts and figures are written in just now."""
    return _LANGUAGE.get()


def speak(chosen: Language) -> None:
    """Write in a language from here on, in this thread."""
    _LANGUAGE.set(chosen)


@contextmanager
def speaking(chosen: Language) -> Iterator[None]:
    """Write in a language for a while."""
    before = _LANGUAGE.set(chosen)
    try:
        yield
    finally:
        _LANGUAGE.reset(before)


@cache
def _catalogue(chosen: Language) -> dict[str, str]:
    """Gather the texts of a language from its files, one a topic."""
    folder = resources.files("planner.present.words").joinpath("texts", chosen)
    entries: list[tuple[str, str]] = []
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        entries += _flattened("", tomllib.loads(file.read_text(encoding="utf-8")))
    return dict(entries)


def _flattened(prefix: str, node: dict[str, object]) -> list[tuple[str, str]]:
    entries: list[tuple[str, str]] = []
    for key, value in node.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            entries += _flattened(f"{name}.", value)
        else:
            entries.append((name, str(value)))
    return entries


def text(key: str, **values: object) -> str:
    """Return a text in the current language with its fields filled in.

    Raises
    ------
    KeyError : the catalogue has no such text, or a field is not given.
    """
    return _catalogue(language())[key].format(**values)


def keys() -> frozenset[str]:
    """Return the keys of the current language's catalogue."""
    return frozenset(_catalogue(language()))


def number(value: float | None, unit: str = "", provenance: str = "") -> str:
    """Write a figure as the language does, with the unit's usual number of decimals.

    Staff that are estimated have none, and less than one is said to be so.
    """
    if value is None:
        return text("figure.undefined")
    if unit == "share":
        return _per_cent(value, "#,##0.0")
    decimals = decimals_of(unit, provenance)
    if unit in WHOLE and provenance in ROUGH and 0 < value < 0.5:  # noqa: PLR2004 - not none
        return "<1"
    pattern = "#,##0" + ("." + "0" * decimals if decimals > 0 else "")
    return format_decimal(round(value, decimals) + 0.0, pattern, locale=LOCALES[language()])


def decimals_of(unit: str, provenance: str = "") -> int:
    """Return how many decimals a figure is written with; below 0, whole tens, hundreds and so on.

    Staff that were estimated are written whole.
    """
    return 0 if unit in WHOLE and provenance in ROUGH else DECIMALS.get(unit, 1)


def exact(value: float) -> str:
    """Write a figure as the language does, with all its decimals."""
    return format_decimal(value, "#,##0.######", locale=LOCALES[language()])


def _per_cent(value: float, pattern: str) -> str:
    return format_percent(value, pattern + PER_CENT[language()], locale=LOCALES[language()])


def figure(value: float | None, unit: str, provenance: str = "") -> str:
    """Write a figure with its unit; a share carries its per cent sign already."""
    written = number(value, unit, provenance)
    if value is None or unit == "share":
        return written
    return f"{written}\u00a0{_unit(written, unit)}".rstrip()


def span(low: float | None, high: float | None, unit: str, provenance: str = "") -> str:
    """Write a range without its unit; nothing where there is none."""
    if low is None or high is None:
        return ""
    return f"{amount(low, unit, provenance)}–{amount(high, unit, provenance)}"


def with_range(central: float | None, low: float | None, high: float | None, unit: str) -> str:
    """Write a figure with its range in draws, or that none was tried; without its unit."""
    shown = amount(central, unit)
    if central is None or low is None or high is None:
        return shown
    if low == high:
        return f"{shown} ({text('uncertainty.untried')})"
    ends = amount(low, unit), amount(high, unit)
    return shown if ends[0] == ends[1] else f"{shown} ({span(low, high, unit)})"


def _unit(written: str, unit: str) -> str:
    """Return the unit's name as it follows a figure: one kontor, two kontorer."""
    single = f"unit_of_one.{unit}"
    return text(single if written == "1" and single in keys() else f"unit.{unit}")


def change(value: float | None, unit: str, provenance: str = "") -> str:
    """Write a change with its sign; percentage points for shares."""
    if value is None:
        return text("figure.undefined")
    none = f"±{amount(0.0, unit, provenance)}"
    written = signed_amount(value, unit, provenance) or none
    suffix = _unit(written[1:], "percentage_points" if unit == "share" else unit)
    return f"{written}\u00a0{suffix}".rstrip()


def amount(value: float | None, unit: str, provenance: str = "") -> str:
    """Write a figure without its unit; shares as per cent."""
    if value is None or unit != "share":
        return number(value, unit, provenance)
    return number(value * 100, "")


def signed_amount(value: float | None, unit: str, provenance: str = "") -> str:
    """Write a change with its sign and without its unit; nothing where it rounds to none."""
    written = amount(None if value is None else abs(value), unit, provenance)
    if value is None or written in {amount(0.0, unit, provenance), "<1"}:
        return ""
    return f"{'+' if value > 0 else MINUS}{written}"


def unit_name(unit: str) -> str:
    """Return what stands over a column of amounts: ``min``, ``%``, ``kontorer``."""
    return "%" if unit == "share" else text(f"unit.{unit}")


def spoken(value: float, unit: str, provenance: str = "") -> str:
    """Write a figure with its unit as a sentence does: whole minutes, no idle decimals."""
    if not math.isfinite(value):
        return text("figure.undefined")
    if unit == "share":
        return _per_cent(value, "#,##0.#")
    if unit in WHOLE and provenance in ROUGH:
        written = number(value, unit, provenance)
    else:
        pattern = "#,##0" if unit == "min" else "#,##0.##"
        written = format_decimal(value, pattern, locale=LOCALES[language()])
    return f"{written}\u00a0{_unit(written, unit)}" if unit else written


def enumeration(names: Sequence[str], joined_by: Literal["and", "or"] = "and") -> str:
    """Join names as a sentence does: «Gol, Nesbyen og Ål»."""
    if len(names) < 2:  # noqa: PLR2004 - one name needs no conjunction
        return "".join(names)
    return f"{', '.join(names[:-1])} {text(f'figure.{joined_by}')} {names[-1]}"


def day(date: Date) -> str:
    """Write a date as the language does: «1. januar 2027»."""
    return format_date(date, "long", locale=LOCALES[language()])
