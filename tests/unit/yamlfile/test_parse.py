"""YAML with lines: what is read, where it stands, and what is refused."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from planner.spelling import shown
from planner.yamlfile.parse import MOST_LEVELS, MOST_VALUES, read_lines
from planner.yamlfile.tree import NOTHING, Node


def root_of(text: str) -> Node:
    reading = read_lines(text)
    assert not reading.findings
    assert reading.root is not None
    return reading.root


def refusal_of(text: str) -> tuple[int, str]:
    reading = read_lines(text)
    assert reading.root is None
    fault = reading.findings[-1].fault("f")
    return fault.line, str(fault.message)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("0301", 301),
        ("1.5", 1.5),
        (".5", 0.5),
        ("2.", 2.0),
        ("1e3", 1000.0),
        ("-.inf", -math.inf),
        ("true", True),
        ("False", False),
        ("2018-01-31", dt.date(2018, 1, 31)),
        ("2018-02-30", "2018-02-30"),
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("12 km", "12 km"),
        ("9" * 41, "9" * 41),
        ('"12"', "12"),
        ("'true'", "true"),
        ("null", NOTHING),
        ("~", NOTHING),
        ("", NOTHING),
        ("''", ""),
    ],
)
def test_scalars_follow_yaml_1_2(written: str, value: object) -> None:
    read = root_of(f"key: {written}\n").plain()
    assert isinstance(read, dict)
    assert read == {"key": value}
    assert type(read["key"]) is type(value)


def test_nan_is_a_number() -> None:
    value = root_of("key: .nan").find("key").content
    assert isinstance(value, float)
    assert math.isnan(value)


def test_every_value_knows_its_line_and_text() -> None:
    root = root_of(
        "# comment\ntitle: >-\n  folded\n  text\nlist:\n  - a\n\n  - {b: 0301,\n     c: [1]}\n"
    )
    assert root.find("title").line == 2
    assert root.find("title").content == "folded text"
    assert root.find("list").line == 5
    assert root.find("list", 1, "b").line == 8
    assert root.find("list", 1, "b").written == "0301"
    assert root.find("list", 1, "c", 0).line == 9
    assert root.find("list", 1, "c", 0).path == ("list", "1", "c", "0")


def test_find_stops_at_the_last_known_part() -> None:
    root = root_of("a: {b: 1}\nc: [1]\n")
    assert root.find("a", "x", "y").path == ("a",)
    assert root.find("c", 5).path == ("c",)
    assert root.entries("c") == (root.find("c", 0),)
    assert root.entries("c", 5, "x") == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_byte_order_mark(end: str) -> None:
    root = root_of(f"\ufeffa: 1{end}{end}b: 2{end}")
    assert root.find("b").line == 3
    assert root.plain() == {"a": 1, "b": 2}


def test_whole_keys_stay_numbers_and_others_text() -> None:
    root = root_of('{11: a, "12": b, 1.5: c, true: d, ~: e}')
    assert list(root.plain()) == [11, "12", "1.5", "true", "~"]  # type: ignore[call-overload]


def test_duplicate_keys_are_all_told_and_the_first_kept() -> None:
    reading = read_lines("a: 1\nb: {c: 1, c: 2}\na: 3\n0301: x\n301: y\n")
    assert reading.root is not None
    assert reading.root.plain() == {"a": 1, "b": {"c": 1}, 301: "x"}
    told = [(fault.line, fault.key) for fault in (f.fault("f") for f in reading.findings)]
    assert told == [(2, "b.c"), (3, "a"), (5, "301")]


def test_aliases_keep_the_anchor_s_lines() -> None:
    root = root_of("a: &x\n  b: 1\nc: *x\n")
    assert root.plain() == {"a": {"b": 1}, "c": {"b": 1}}
    assert root.find("c").line == 3
    assert root.find("c", "b").line == 2


def test_unicode_is_text() -> None:
    title = "מודל 🏔️ Čáhcesuolu – árvvoštallan"
    assert root_of(f"title: {title}\n").plain() == {"title": title}


def test_limits_are_exact() -> None:
    # Top, its key, the list and its entries.
    entries = MOST_VALUES - 3
    assert root_of(f"a: [{', '.join('x' * entries)}]").size == MOST_VALUES - 1
    assert "more than" in refusal_of(f"a: [{', '.join('x' * (entries + 1))}]")[1]
    deepest = MOST_LEVELS - 1
    assert root_of("a: " + "[" * deepest + "]" * deepest).height == MOST_LEVELS
    assert "levels" in refusal_of("a: " + "[" * MOST_LEVELS + "]" * MOST_LEVELS)[1]


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("a: 1\n\tb: 2\n", 2, "a tab stands"),
        ("a: 1\nb: [1,\n  2\nc: 3\n", 2, "bracket ["),
        ("a: {b: 1\n", 1, "bracket {"),
        ("a: 'b\nc: 1\n", 1, "quotation mark"),
        ("a: @b\n", 1, "cannot start with @"),
        ('a: "\\q"\n', 1, "escape that does not exist"),
        ('a: "\\x0"\n', 1, "escape that is not complete"),
        ("a: |b\n  c\n", 1, "on the same line"),
        ("a: - b\n", 1, "a list entry"),
        ("a: ]\n", 1, "a value is expected"),
        ("a: &\n", 1, "alias or anchor"),
        ("%YAML 3.0\n---\na: 1\n", 1, "%YAML line"),
        ("%YAML x\n---\na: 1\n", 1, "not valid YAML"),
        ("a: \x07\n", 1, "U+0007"),
        ("a: 1\nb: \x85\n", 2, "U+0085"),
        ("a: \ud800\n", 1, "U+D800"),
        ("a: ! b\n", 1, "tag !"),
        ("a: !<tag:x> b\n", 1, "tag tag:x"),
        ("--- {a: 1}\n...\n--- {b: 1}\n", 3, "second document"),
        ("[a]: 1\n", 1, "a key here is a list"),
        ("*a : 1\n", 1, "a key here is a list"),
        ("!!str a: 1\n", 1, "tag !!str"),
        ('"\\u0007": 1\n', 1, "U+0007"),
    ],
)
def test_refusals(text: str, line: int, part: str) -> None:
    told_line, message = refusal_of(text)
    assert told_line == line
    assert part in message


def test_messages_fit_on_one_line() -> None:
    assert shown("a\n  b\tc") == "a b c"
    assert shown("x" * 100) == f"{'x' * 59}…"
    assert shown("a\x07b") == "a\ufffdb"


def test_blanks_around_a_quoted_key_do_not_make_it_another() -> None:
    root, findings = read_lines("Hol: 1\n'Hol ': 2\n")
    assert root is not None
    assert root.plain() == {"Hol": 1}
    assert [finding.line for finding in findings] == [2]
