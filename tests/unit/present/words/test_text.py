"""Texts and numbers as Norwegians write them."""

import datetime as dt
import re
import string
from pathlib import Path

import pytest

import planner
from planner.present.words.text import (
    LANGUAGES,
    Language,
    _catalogue,
    change,
    day,
    enumeration,
    figure,
    keys,
    number,
    signed_amount,
    span,
    speaking,
    spoken,
    text,
    with_range,
)

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (20711, "persons", f"20{NBSP}711"),
        (36.35, "fte", "36,35"),
        (18.04, "min", "18,0"),
        (-0.01, "min", "0,0"),
        (0.1234, "share", f"12,3{NBSP}%"),
        (None, "min", "–"),
        (1_634_490, "nok_per_year", f"1{NBSP}634{NBSP}000"),
        (499, "nok", "0"),
    ],
)
def test_numbers(value: float | None, unit: str, expected: str) -> None:
    assert number(value, unit) == expected


def test_figures_carry_their_unit() -> None:
    assert figure(31, "min") == f"31,0{NBSP}min"
    assert figure(0.5, "share") == f"50,0{NBSP}%"
    assert figure(None, "min") == "–"


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (2.5, "min", f"+2,5{NBSP}min"),
        (-3, "offices", f"−3{NBSP}kontorer"),
        (0.0, "min", f"±0,0{NBSP}min"),
        (-0.001, "min", f"±0,0{NBSP}min"),
        (-0.0123, "share", f"−1,2{NBSP}prosentpoeng"),
        (None, "share", "–"),
    ],
)
def test_changes_are_signed(value: float | None, unit: str, expected: str) -> None:
    assert change(value, unit) == expected


def test_ranges_have_two_ends_or_are_left_out() -> None:
    assert span(622_000, 3_174_500, "nok") == f"622{NBSP}000–3{NBSP}174{NBSP}000"
    assert span(None, 3_174_500, "nok") == ""


def test_enumeration() -> None:
    assert enumeration(["Gol", "Nesbyen", "Ål"]) == "Gol, Nesbyen og Ål"
    assert enumeration(["Gol"]) == "Gol"
    assert enumeration([]) == ""


def test_an_unknown_text_is_an_error() -> None:
    with pytest.raises(KeyError):
        text("no.such.text")
    assert "figure.and" in keys()


def test_every_language_has_the_same_texts_with_the_same_fields() -> None:
    norwegian = _catalogue("nb")
    for language in LANGUAGES:
        other = _catalogue(language)
        assert other.keys() == norwegian.keys(), language
        for key, template in other.items():
            assert fields(template) == fields(norwegian[key]), (language, key)


def written_code() -> str:
    """Modules, and the templates of pages."""
    folder = Path(planner.__file__).parent
    return "".join(path.read_text() for end in ("py", "html") for path in folder.rglob(f"*.{end}"))


def test_every_text_is_used() -> None:
    """A key stands in the code whole, or begins with what the code puts a name behind."""
    code = written_code()
    whole = set(re.findall(r"[\"']([a-z_]+(?:\.[a-z0-9_]+)+)[\"']", code))
    begun = tuple(
        set(re.findall(r"f[\"']([a-z_]+\.(?:[a-z_]+\.)?)\{", code))
        | set(re.findall(r"text\(\"([a-z_]+\.(?:[a-z_]+\.)?)\" ~ ", code))
    )
    unused = [key for key in _catalogue("nb") if key not in whole and not key.startswith(begun)]
    assert not unused


def test_every_text_that_the_code_asks_for_exists() -> None:
    code = written_code()
    asked = set(re.findall(r"\btext\(\s*[\"']([^\"']+)[\"']", code))
    assert {key for key in asked - _catalogue("nb").keys() if not key.endswith(".")} == set()


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_nynorsk_is_nynorsk() -> None:
    """Words that only bokmål has; the catalogue itself is read by people."""
    bokmal = (
        r"\b(ikke|fra|hvis|hver|hvordan|noen|kommuner|kommunene|innbyggere|innbyggerne|dager|uka|"
        r"gruppen|steder|veiledere|tjenester|vei|en|et|ett|én|eget|egen|åpne|bare|mangler)\b"
    )
    for key, template in _catalogue("nn").items():
        words = re.search(bokmal, re.sub(r"\{\w+\}", "", template), re.IGNORECASE)
        assert words is None, (key, words)


def written(language: Language) -> list[str]:
    with speaking(language):
        return _samples()


def _samples() -> list[str]:
    return [
        figure(0.1234, "share"),
        spoken(0.1234, "share"),
        figure(20711, "persons"),
        change(2.5, "min"),
        enumeration(["Gol", "Nesbyen", "Ål"]),
        day(dt.date(2027, 1, 1)),
    ]


def test_nynorsk_and_english_write_as_they_do() -> None:
    assert written("nn") == [
        f"12,3{NBSP}%",
        f"12,3{NBSP}%",
        f"20{NBSP}711{NBSP}personar",
        f"+2,5{NBSP}min",
        "Gol, Nesbyen og Ål",
        "1. januar 2027",
    ]
    assert written("en") == [
        "12.3%",
        "12.3%",
        f"20,711{NBSP}persons",
        f"+2.5{NBSP}min",
        "Gol, Nesbyen and Ål",
        "1 January 2027",
    ]


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (31.4, "min", f"31{NBSP}min"),
        (2.0, "fte", f"2{NBSP}årsverk"),
        (5.95, "fte", f"5,95{NBSP}årsverk"),
        (1, "days", f"1{NBSP}dag"),
        (2.5, "days", f"2,5{NBSP}dager"),
        (0.03, "share", f"3{NBSP}%"),
        (12_000, "", f"12{NBSP}000"),
        (float("inf"), "min", "–"),
    ],
)
def test_figures_in_sentences(value: float, unit: str, expected: str) -> None:
    assert spoken(value, unit) == expected


def test_alternatives() -> None:
    assert enumeration(["Ål", "Hol"], joined_by="or") == "Ål eller Hol"


def test_a_figure_that_nothing_moved_says_that_it_was_not_tried() -> None:
    assert with_range(22.7, 22.7, 22.7, "min") == "22,7 (ikke prøvd)"
    assert with_range(22.7, 20.0, 25.0, "min") == "22,7 (20,0–25,0)"
    assert with_range(22.7, 22.69, 22.71, "min") == "22,7"  # moved, but not as it is written
    assert with_range(22.7, None, None, "min") == "22,7"


def test_estimated_staff_have_no_decimals() -> None:
    assert number(11.5, "fte", "observed") == "11,50"
    assert number(11.4, "fte", "estimated") == "11"
    assert figure(1.02, "fte", "estimated") == "1\u00a0årsverk"
    assert spoken(8.42, "fte", "estimated") == "8\u00a0årsverk"
    assert span(9.7, 14.2, "fte", "estimated") == "10–14"
    assert number(22.5, "min", "estimated") == "22,5"


def test_less_than_one_is_not_none() -> None:
    assert number(0.4, "fte", "estimated") == "<1"
    assert number(0.0, "fte", "estimated") == "0"
    assert signed_amount(0.4, "fte", "estimated") == ""
    assert signed_amount(-2.6, "fte", "estimated") == "−3"
