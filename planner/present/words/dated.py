"""What offices in force are called: «I dag» is said of today's date only."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812 - `date` names arguments

from planner.model.plan import Form
from planner.present.words.text import day, text
from planner.today import today


def baseline_words(name: str, date: Date | None) -> str:
    """Return what a baseline that is no file is called in a scenario of a date."""
    return text(f"baseline.{_as_of(date) if name == 'today' else name}", date=_day(date))


def form_words(form: Form, date: Date | None) -> str:
    """Return what a legal form is called in a scenario of a date."""
    return text(f"form.{_as_of(date) if form == 'today' else form}", date=_day(date))


def region_words(date: Date | None) -> str:
    """Return the heading over a region as it is, or was, on a date."""
    return text(f"region_as.{_as_of(date)}", date=_day(date))


def _as_of(date: Date | None) -> str:
    now = today()
    return "today" if date in {None, now} else "past" if date < now else "future"


def _day(date: Date | None) -> str:
    return "" if date is None else day(date)
