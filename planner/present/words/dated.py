"""What offices in force are called: «I dag» is said of today's date only."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812 - `date` names arguments

import pandas as pd

from planner.model.plan import Form
from planner.present.words.text import day, text
from planner.today import today


def baseline_words(name: str, date: Date | None) -> str:
    """Return what a baseline that is no file is called in a scenario of a date."""
    return text(f"baseline.{_as_of(date) if name == 'today' else name}", date=_day(date))


def form_words(form: Form, date: Date | None) -> str:
    """Return what a legal form is called in a scenario of a date."""
    return text(f"form.{_as_of(date) if form == 'today' else form}", date=_day(date))


def now_heading(name: str, date: Date | None) -> str:
    """Return what stands over what a municipality has in a scenario of a date."""
    return text(f"now_heading.{_as_of(date)}", name=name, date=_day(date))


def dated_title(title: str, date: Date | None) -> str:
    """Add to the title of a scenario the date that it is about, unless that is today."""
    return text(f"title_as.{_as_of(date)}", title=title, date=_day(date))


def of_years(words: str, table: pd.DataFrame, figure: str) -> str:
    """Add to what a figure is called the year, or the first and last, that a table has it of."""
    if f"{figure}_year" not in table:
        return words
    years = table[f"{figure}_year"]
    first, last = int(years.min()), int(years.max())
    return f"{words} ({first})" if first == last else f"{words} ({first}–{last})"


def _as_of(date: Date | None) -> str:
    now = today()
    return "today" if date in {None, now} else "past" if date < now else "future"


def _day(date: Date | None) -> str:
    return "" if date is None else day(date)
