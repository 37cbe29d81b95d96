"""Messages: every code has its words in every language, and every text is used."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from string import Formatter

import pytest

from planner.messages.message import Message, catalogue
from planner.present.words.text import LANGUAGES
from planner.scenario.store import MOST_LETTERS, StoreError
from tests.support.paths import ROOT

TEXTS = catalogue("en")


def words_of(program: ast.AST) -> Iterator[tuple[str, bool]]:
    """Every text of a program, and whether it is only the beginning of one that is made."""
    begun = {node.values[0] for node in ast.walk(program) if isinstance(node, ast.JoinedStr)}
    for node in ast.walk(program):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, node in begun


def programs() -> list[ast.Module]:
    folder = ROOT / "planner"
    return [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.py"))]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_words_with_the_same_figures(language: str) -> None:
    own = catalogue(language)
    assert own.keys() == TEXTS.keys()
    unlike = {code for code in own if fields(own[code]) != fields(TEXTS[code])}
    assert not unlike


def test_every_code_of_the_program_has_words_and_every_text_is_used() -> None:
    asked, words, beginnings = set(), set(), set()
    for program in programs():
        for text, is_begun in words_of(program):
            (beginnings if is_begun and re.match(r"[a-z]+\.", text) else words).add(text)
        asked |= {
            str(node.args[0].value)
            for node in ast.walk(program)
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Message.of"
            if node.args and isinstance(node.args[0], ast.Constant)
        }
    assert len(asked) > 100
    assert asked <= TEXTS.keys()
    unused = {code for code in TEXTS if code not in words and not code.startswith("word.")}
    assert {code for code in unused if not code.startswith(tuple(beginnings))} == set()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Did you mean 'Gol', 'Ål' or 'Hol'?"),
        ("nb", "Mente du «Gol», «Ål» eller «Hol»?"),
        ("nn", "Meinte du «Gol», «Ål» eller «Hol»?"),
    ],
)
def test_names_are_listed_as_each_language_does(language: str, told: str) -> None:
    assert Message.of("name.meant", names=("Gol", "Ål", "Hol")).worded(language) == told


def test_sentences_follow_one_another_and_absent_ones_leave_no_trace() -> None:
    meant = Message.of("name.meant", names=("Gol",))
    whole = Message.of("name.unknown", None, meant, name="Goll")
    assert str(whole) == "no municipality is called 'Goll'. Did you mean 'Gol'?"
    assert whole == Message.of("name.unknown", meant, name="Goll")
    assert len({whole, Message.of("name.unknown", meant, name="Goll")}) == 1


def test_numbers_are_written_as_yaml_has_them_and_parts_may_begin_a_sentence() -> None:
    bounds = Message.of("expected.between", low=0.5, high=1e5)
    phrase = Message.of("expected.number", bounds=bounds)
    assert str(Message.of("expected.it", what=phrase)) == "A number from 0.5 to 100000 is expected."
    told = Message.of("expected.it", what=phrase).worded("nb")
    assert told == "Her skal det stå et tall fra 0.5 til 100000."


def test_a_text_of_the_reader_is_never_taken_for_a_field() -> None:
    assert "{name} {0}" in str(Message.of("name.unknown", name="{name} {0}"))


def test_a_missing_figure_is_told_at_once() -> None:
    with pytest.raises(KeyError):
        str(Message.of("name.unknown"))


def test_a_refused_file_says_which_and_why() -> None:
    told = str(StoreError("long", "modell"))
    assert told == f"modell: a name of at most {MOST_LETTERS} letters is expected."
