"""What offices in force are called: «I dag» is said of today's date only."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812 - `date` names arguments

from planner.present.words.text import day, text
from planner.scenario.vocabulary import Form
from planner.today import today


def baseline_words(name: str, date: Date | None) -> str:
    """Return what a baseline that is no file is called in a scenario of a date."""
    return text(f"baseline.{name}") if name != "today" else _as_of("baseline", date)


def form_words(form: Form, date: Date | None) -> str:
    """Return what a legal form is called in a scenario of a date."""
    return text(f"form.{form}") if form != "today" else _as_of("form", date)


def region_words(date: Date | None) -> str:
    """Return the heading over a region as it is, or was, on a date."""
    return _as_of("region_as", date)


def _as_of(kind: str, date: Date | None) -> str:
    now = today()
    if date in {None, now}:
        return text(f"{kind}.today")
    return text(f"{kind}.{'past' if date < now else 'future'}", date=day(date))
