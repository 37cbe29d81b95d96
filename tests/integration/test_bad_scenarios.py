"""Every fault that a planner can make: one bad file and its words in bokmål each.

A changed message is written anew by ``python tests/integration/test_bad_scenarios.py --fix``, to be
read before it is committed.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.errors import ScenarioError
from planner.present.words.faults import error_text
from planner.scenario.load import MOST_FAULTS, load_scenario
from tests.support.paths import ROOT

FOLDER = ROOT / "tests" / "bad_scenarios"
FILES = sorted(FOLDER.glob("*.yaml"))
BAD = [path for path in FILES if not path.name.startswith("good_")]
GOOD = [path for path in FILES if path.name.startswith("good_")]

LINE = re.compile(r"[a-z0-9_]+\.yaml(:[1-9][0-9]*)?  \S.*[.?]")
JARGON = re.compile(
    r"pydantic|validation|Input should|Traceback|NoneType|\bdict\b|\bint\b|\bmapping\b|\bNone\b",
)
HEAD = "schema: 1\ntitle: Modell\nregion: {council: Hallingdal}\n"
MOST_SECONDS = 3.0  # a second on a free processor, and others may be using this one


def faults_of(path: Path) -> ScenarioError:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    return caught.value


def name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", BAD, ids=name)
def test_message(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    told = error_text(faults_of(Path(path.name)))
    assert f"{told}\n" == path.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", BAD, ids=name)
def test_message_is_readable(path: Path) -> None:
    lines = path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    assert lines
    for line in lines:
        assert LINE.fullmatch(line)
        assert not JARGON.search(line)


def test_every_message_has_its_file() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == {path.stem for path in BAD}


@pytest.mark.parametrize("path", GOOD, ids=name)
def test_files_that_others_lean_on_are_good(path: Path) -> None:
    assert load_scenario(path).title


def laughs() -> str:
    lines = [f"a0: &a0 [{', '.join(['ha'] * 9)}]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    return "\n".join(lines)


HOSTILE: dict[str, tuple[Callable[[], str], str]] = {
    "five_megabytes": (lambda: HEAD + "# " + "x" * 5_000_000, "larger than 200 kB"),
    "many_words": (lambda: f"{HEAD}description: {'x ' * 95_000}", "190000 characters|189999"),
    "many_keys": (lambda: HEAD + "".join(f"k{n}: 1\n" for n in range(20_000)), "more than 8000"),
    "many_unknown_keys": (lambda: HEAD + "".join(f"k{n}: 1\n" for n in range(3_900)), "3800 more"),
    "many_unknown_names": (
        lambda: (
            f"{HEAD}groups: [{{host: Gol, members: [{', '.join(f'By{n}' for n in range(7_900))}]}}]"
        ),
        "not looked up",
    ),
    "many_groups": (
        lambda: f"{HEAD}groups: [{', '.join(['{host: Gol}'] * 2_500)}]",
        "Gol is in two groups",
    ),
    "many_lists": (
        lambda: f"{HEAD}propose: {{constraints: {{together: [{', '.join(['[Gol]'] * 3_900)}]}}}}",
        "has 1 name",
    ),
    "many_wrong_numbers": (
        lambda: f"{HEAD}regional_staff: {{{', '.join(f'u{n}: x' for n in range(3_900))}}}",
        "more faults",
    ),
    "many_places": (
        lambda: f"{HEAD}network: {{close: [{', '.join(f'[A{n}, B{n}]' for n in range(2_600))}]}}",
        "propose",
    ),
    "open_brackets": (lambda: "[" * 100_000, "20 levels"),
    "open_braces": (lambda: "{a: " * 40_000, "20 levels"),
    "deep_lists": (lambda: f"{HEAD}groups: {'[' * 1000}{']' * 1000}", "20 levels"),
    "deep_sections": (lambda: "".join(f"{' ' * n}a:\n" for n in range(600)), "20 levels"),
    "deep_aliases": (
        lambda: "a0: &a0 []\n" + "".join(f"a{n}: &a{n} [[[[*a{n - 1}]]]]\n" for n in range(1, 900)),
        "20 levels",
    ),
    "laughs": (laughs, "more than 8000"),
    "alias_of_itself": (lambda: f"{HEAD}groups: &g [*g]", "no anchor"),
    "long_number": (lambda: f"{HEAD}assumptions: {{a: {'9' * 150_000}}}", "A number is expected"),
    "long_key": (lambda: f"{HEAD}{'k' * 900}: 1", "unknown key"),
    "long_words": (
        lambda: HEAD + "".join(f"{'assumption' * 9}{n}: 1\n" for n in range(1_900)),
        "unknown key",
    ),
    "wrong_escape": (lambda: f'{HEAD}description: "\\U99999999"', "no character"),
    "surrogate": (lambda: f'{HEAD}description: "\\ud800"', "control character"),
    "line_separator": (lambda: f"{HEAD}description: a\u2028b", "control character"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_file_is_refused_soon(case: str, tmp_path: Path) -> None:
    write, expected = HOSTILE[case]
    path = tmp_path / "hostile.yaml"
    path.write_text(write(), encoding="utf-8")
    load_scenario(GOOD[0])  # reads the data, which takes longer and is not what is timed
    begun = time.process_time()
    told = str(faults_of(path))
    assert time.process_time() - begun < MOST_SECONDS
    assert re.search(expected, told)
    assert len(told.splitlines()) <= MOST_FAULTS + 1


def test_a_large_file_is_not_even_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.yamlfile.parse.YAML", None)
    path = tmp_path / "large.yaml"
    for size in (250_000, 1_500_000, 5_000_000):
        path.write_text("#" * size, encoding="utf-8")
        assert "larger than 200 kB" in str(faults_of(path))


def write_messages() -> None:
    """Write the present message of every bad file."""
    os.chdir(FOLDER)
    for path in BAD:
        try:
            load_scenario(path.name)
        except ScenarioError as error:
            Path(path.name).with_suffix(".txt").write_text(
                f"{error_text(error)}\n", encoding="utf-8"
            )


if __name__ == "__main__" and "--fix" in sys.argv:
    write_messages()
