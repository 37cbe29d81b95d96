"""Who says what a page says, and of which dates its figures are."""

from __future__ import annotations

from planner._version import __version__
from planner.io.bundle import Bundle
from planner.present.words.text import day, text
from planner.today import today

#: Tables whose dates matter most to a reader, if they are registered.
DATED = ("offices", "population", "staff", "commuting", "links")


def sender(bundle: Bundle) -> str:
    """Say what made a page or a print, which years the figures are from, and what day it is."""
    return text("sender.line", version=__version__, dates=data_dates(bundle), today=day(today()))


def data_dates(bundle: Bundle) -> str:
    """Name the tables that matter most, each with the years that it is about."""
    sources = bundle.sources
    return ", ".join(
        text(
            "sender.dated",
            table=text(f"sender.{one}"),
            years=sources[one].vintage.replace("-", "–"),
        )
        for one in DATED
        if one in sources
    )
