"""Numbers as people write them."""

from __future__ import annotations

import re

import pytest

from planner.present.words.read_number import read_number, write_number
from planner.present.words.text import Language, speaking


@pytest.mark.parametrize(
    ("written", "number"),
    [("0,7", 0.7), ("0.7", 0.7), (",5", 0.5), ("12", 12.0), ("1 000,5", 1000.5), ("1.000", 1.0)],
)
def test_a_comma_and_a_point_part_decimals(written: str, number: float) -> None:
    assert read_number(written) == number


@pytest.mark.parametrize(
    ("written", "number"), [("5000", 5000), ("5 000", 5000), ("5.000", 5000), ("1,000,000", 1e6)]
)
def test_what_is_counted_has_only_thousands(written: str, number: float) -> None:
    assert read_number(written, whole=True) == number


@pytest.mark.parametrize("written", ["", " ", "\u00a0"])
def test_nothing_is_none(written: str) -> None:
    assert read_number(written) is None


@pytest.mark.parametrize("written", ["x", "-1", "1e5", "nan", "inf", "1,2,3", "1.", "²", "٣"])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=re.escape(written)):
        read_number(written)


def test_a_half_is_not_counted() -> None:
    with pytest.raises(ValueError, match="0,5"):
        read_number("0,5", whole=True)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_what_is_written_is_read_back(language: Language) -> None:
    with speaking(language):
        for value in (0.0, 0.1, 0.7, 12.0, 1234.5, 1e6, None):
            assert read_number(write_number(value)) == value
