from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from planner.scenario.edit import (
    DrawnOffices,
    Spelling,
    as_drawn,
    with_offices,
    with_values,
)
from planner.yamlfile.parse import read_lines
from planner.yamlfile.rewrite import RewriteError

CODES = {"Gol": "1", "Flå": "2", "Ål": "3", "Hol": "4", "Nes": "5", '"0617"': "1", "0617": "1"}
NAMES = {"1": "Gol", "2": "Flå", "3": "Ål", "4": "Hol", "5": "Nes"}
SPELLING = Spelling(CODES.__getitem__, NAMES.__getitem__)
TEXT = """\
schema: 1
title: A
groups:
  # the valley
  - host: "0617"       # by number
    members: [Flå, Ål]
    locations: {Flå: 2.5}
  - host: Hol
rest: own_office
"""
BEFORE = DrawnOffices({"1": "1", "2": "1", "3": "1", "4": "4", "5": "5"}, {"2": 2.5})


def groups(text: str) -> list[dict[str, Any]]:
    root = read_lines(text).root
    assert root is not None
    found = root.plain()
    assert isinstance(found, dict)
    return list(found["groups"])


def after(moved: Mapping[str, str], days: Mapping[str, float] | None = None) -> str:
    host_of = {**BEFORE.host_of, **moved}
    kept = BEFORE.days if days is None else days
    return with_offices(TEXT, BEFORE, DrawnOffices(host_of, kept), SPELLING)


def test_one_municipality_changes_two_groups() -> None:
    assert after({"3": "4"}) == TEXT.replace("[Flå, Ål]", "[Flå]").replace(
        "host: Hol\n", "host: Hol\n    members: [Ål]\n"
    )


def test_those_of_the_rest_are_named_when_they_move_and_only_then() -> None:
    assert groups(after({"5": "4"}))[1] == {"host": "Hol", "members": ["Nes"]}
    assert groups(after({"4": "5"}))[1] == {"host": "Nes", "members": ["Hol"]}
    assert "Nes" not in after({"3": "4"})


def test_a_group_keeps_its_place_when_its_host_changes() -> None:
    moved = after({"1": "2", "2": "2", "3": "2"}, {"1": 1})
    assert groups(moved)[0] == {"host": "Flå", "members": ["Ål", "0617"], "locations": {"0617": 1}}
    assert '  # the valley\n  - host: "Flå"        # by number\n' in moved


def test_days_are_set_changed_and_removed() -> None:
    assert "locations: {Flå: 3, Ål: 0.5}" in after({}, {"2": 3.0, "3": 0.5})
    assert "locations" not in after({}, {})


def test_a_request_becomes_a_drawn_plan() -> None:
    request = "schema: 1\ntitle: A\nrest: own_office\npropose: {}\n"
    drawn = as_drawn(request, BEFORE, SPELLING)
    assert groups(drawn) == [
        {"host": "Gol", "members": ["Flå", "Ål"], "locations": {"Flå": 2.5}},
        {"host": "Hol"},
        {"host": "Nes"},
    ]
    assert "propose" not in drawn


def test_values_by_their_keys() -> None:
    text = "schema: 1\ntitle: A # name\npropose:\n  weights: {travel: 1, office: 2.0}\n"
    changed = with_values(
        text,
        {
            ("form",): "host_municipality",
            ("propose", "weights", "travel"): 2.0,
            ("propose", "weights", "office"): None,
            ("propose", "constraints", "offices", "max"): 3,
            ("propose", "constraints", "hosts", "fixed"): ["Gol", "0617"],
        },
    )
    assert changed == (
        "schema: 1\ntitle: A # name\nform: host_municipality\npropose:\n  weights: {travel: 2}\n"
        "  constraints:\n    offices:\n      max: 3\n    hosts:\n      fixed: [Gol, '0617']\n"
    )


def test_what_becomes_empty_goes_but_for_the_top_level() -> None:
    text = "title: A\npropose:\n  constraints:\n    offices: {max: 3}\n"
    emptied = with_values(text, {("propose", "constraints", "offices", "max"): None})
    assert emptied == "title: A\npropose: {}\n"
    absent = {("a", "b"): None, ("c",): None, ("title", "x"): None}
    assert with_values(text, absent) == text


def test_long_texts_take_several_lines() -> None:
    words = "  ".join(["ord"] * 60)
    long = " ".join(["kommune"] * 30)
    for written, mark in ((long, ">-"), ("én\nto\n\ntre", "|-"), ("kort: tekst", "'")):
        changed = with_values("title: A\n", {("description",): written})
        assert f"description: {mark}" in changed
        assert max(map(len, changed.splitlines())) <= 102
        root = read_lines(changed).root
        assert root is not None
        assert root.find("description").content == written
    assert "ord  ord" in with_values("title: A\n", {("description",): words})


def test_faulty_text_takes_no_change() -> None:
    with pytest.raises(RewriteError):
        with_values("title: [\n", {("title",): "B"})
