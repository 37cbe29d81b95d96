from __future__ import annotations

from typing import Any

import pytest

from planner.yamlfile.rewrite import RewriteError, rewritten
from tests.support.data import DATA

TEXT = """\
# the whole
---
schema: 1   # version

title: "A: b # no comment"   # name
description: >-
  text # no comment
  more
# about the groups
groups:   # drawn by hand
# the first
- host: Gol  # a
  members: [Ål, Hol]
- host: Flå # b
  # inside
  members:
    - Nesbyen # c
    - Hemsedal
# about the date
date: 2018-01-01 # day
# the end"""


def test_a_scalar_changes_only_its_own_line() -> None:
    def change(data: dict[str, Any]) -> None:
        data["title"] = "C # d"

    after = rewritten(TEXT, change)
    assert after == TEXT.replace('"A: b # no comment"   # name', '"C # d"               # name')


def test_a_list_changes_only_its_section_and_loses_no_comment() -> None:
    def change(data: dict[str, Any]) -> None:
        del data["groups"][1]
        data["groups"][0]["members"].append("Flå")

    after = rewritten(TEXT, change)
    head, _, tail = TEXT.partition("groups:")
    assert after.startswith(head)
    assert after.endswith(tail[tail.index("# about the date") :])
    assert after.removeprefix(head).startswith("# b\n# inside\n# c\ngroups:   # drawn by hand\n")
    assert "- host: Gol  # a\n  members: [Ål, Hol, Flå]\n" in after


def test_a_section_that_goes_leaves_its_comments() -> None:
    after = rewritten(TEXT, lambda data: data.pop("groups"))
    for comment in ("# drawn by hand", "# the first", "# a", "# b", "# inside", "# c"):
        assert f"\n{comment}\n" in after
    assert after.index("# c") < after.index("# about the date") < after.index("date:")


def test_new_keys_come_after_a_last_line_without_a_line_feed() -> None:
    after = rewritten("a: 1 # x", lambda data: data.update(b=["y"]))
    assert after == "a: 1 # x\nb:\n  - y\n"


def test_nothing_changes_where_nothing_is_meant() -> None:
    crooked = "a:    {b:  1 ,\n c: [ ]}\n"
    assert rewritten(crooked, lambda data: data["a"].update(b=1.0)) is crooked


def test_one_line_of_flow_style_and_aliases_are_written_whole() -> None:
    assert rewritten("{a: 1, b: 2}", lambda data: data.update(a=3)) == "{a: 3, b: 2}\n"
    aliased = "a: &x [1] # one\nb: *x\nc: 2\n"
    assert rewritten(aliased, lambda data: data.update(c=3)) == aliased.replace("2", "3")


def test_what_would_change_through_an_alias_is_refused() -> None:
    with pytest.raises(RewriteError):
        rewritten("a: &x [1]\nb: *x\n", lambda data: data["a"].append(2))


@pytest.mark.parametrize("text", ["a: [1\n", "a: 1\na: 2\n", "- a\n", "", "a: !tag 1\n", "x"])
def test_faulty_text_is_refused(text: str) -> None:
    with pytest.raises(RewriteError):
        rewritten(text, lambda data: data.update(b=1))


def test_every_shipped_scenario_keeps_all_but_one_line() -> None:
    def change(data: dict[str, Any]) -> None:
        data["title"] = "New"

    for path in sorted((DATA.folder.parent / "scenarios").glob("*/*.yaml")):
        before = path.read_text("utf-8").splitlines()
        after = rewritten(path.read_text("utf-8"), change).splitlines()
        differing = [old for old, new in zip(before, after, strict=True) if old != new]
        assert len(differing) == 1
        assert differing[0].startswith("title: ")
