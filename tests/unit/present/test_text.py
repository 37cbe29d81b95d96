"""Texts and numbers as Norwegians write them."""

import pytest

from planner.present.text import change, enumeration, figure, keys, number, span, text

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
