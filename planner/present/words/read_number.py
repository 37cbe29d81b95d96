"""Numbers as people write them: with a comma or a point, and perhaps blanks between thousands."""

from __future__ import annotations

import re

from babel.numbers import format_decimal

from planner.present.words.text import LOCALES, language

_BLANKS = str.maketrans("", "", " \u00a0\u202f")
_NUMBER = re.compile(r"[0-9]+([.,][0-9]+)?|[.,][0-9]+")
_THOUSANDS = re.compile(r"[0-9]{1,3}([.,][0-9]{3})+")


def read_number(written: str, *, whole: bool = False) -> float | None:
    """Return the number that a text says: 0,7 and 0.7 are the same; None for an empty text.

    Parameters
    ----------
    written : what somebody wrote.
    whole : whether it counts something, so that a point or comma can only part thousands.

    Raises
    ------
    ValueError : it is no number from 0 up, or no whole one.
    """
    plain = written.translate(_BLANKS)
    if not plain:
        return None
    if whole and _THOUSANDS.fullmatch(plain):
        plain = re.sub("[.,]", "", plain)
    if not _NUMBER.fullmatch(plain):
        raise ValueError(written)
    number = float(plain.replace(",", "."))
    if whole and not number.is_integer():
        raise ValueError(written)
    return number


def write_number(value: float | None) -> str:
    """Write a number as the language does and as `read_number` reads it; empty for None."""
    if value is None:
        return ""
    return str(format_decimal(value, "0.######", locale=LOCALES[language()]))
