from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from planner.errors import Fault
from planner.model.plan import Plan
from planner.model.reassign import joined, moved_host
from planner.present.editor.words import moment, moves, text_differences, told
from planner.present.words.text import speaking
from tests.support.factories import three_fjords

FILE = Path("dal") / "a.yaml"


def test_faults_have_their_line_or_say_why_not() -> None:
    assert told(Fault("dal/a.yaml", 7, "titel", "unknown key."), FILE) == (
        7,
        "Linje 7",
        "titel: unknown key.",
    )
    assert told(Fault("dal/a.yaml", 0, "", "empty."), FILE) == (1, "Hele fila", "empty.")
    assert told(Fault("dal/b.yaml", 3, "", "bad."), FILE) == (0, "b.yaml, linje 3", "bad.")


def test_differences_say_whose_a_line_is() -> None:
    theirs, mine = "a\nb\nc\nd", "a\nB\nc\nd\ne"
    assert text_differences(theirs, mine) == [
        ("fila på disken", 2, "b"),
        ("din tekst", 2, "B"),
        ("din tekst", 5, "e"),
    ]
    assert text_differences(mine, mine) == []


def test_a_moment_is_written_as_the_language_does() -> None:
    when = datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC)
    assert moment(when) == "22. nov. 2026, 03:04:05"
    with speaking("en"):
        assert moment(when) == "22 Nov 2026, 03:04:05"


def test_moves_in_words() -> None:
    instance = three_fjords()
    codes, names = instance.codes, instance.names
    before = Plan.from_groups({codes[0]: [codes[1]], **{code: [] for code in codes[2:]}})
    after = joined(before, {codes[0]}, codes[2])
    assert moves(instance, before, before, ()) == "Ingen kommune skifter vert."
    first, second, third = (names[code] for code in codes[:3])
    assert moves(instance, before, after, {codes[0]}) == (
        f"{' og '.join(sorted([first, second]))} får {third} som vert. "
        f"{second} følger med, siden kontoret deres flytter."
    )
    assert f"{second} blir vert." in moves(
        instance, before, moved_host(before, codes[1]), {codes[1]}
    )
