"""What day it is."""

from datetime import date

import pytest

from planner.today import EPOCH, VARIABLE, today


def test_the_environment_says_what_day_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "2018-03-01")
    assert today() == date(2018, 3, 1)


def test_else_it_is_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)
    assert today() in {date.today(), date.today()}  # noqa: DTZ011 - midnight may lie between


def test_reproducible_builds_say_it_in_their_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EPOCH, "1519862400")
    monkeypatch.setenv(VARIABLE, "2017-01-01")
    assert today() == date(2017, 1, 1)
    monkeypatch.delenv(VARIABLE)
    assert today() == date(2018, 3, 1)


def test_what_is_no_date_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "tomorrow")
    with pytest.raises(ValueError, match="tomorrow"):
        today()
