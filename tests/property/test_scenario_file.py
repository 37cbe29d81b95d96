"""Whatever a planner does to a scenario file, it is read or refused in words, and never crashes."""

from __future__ import annotations

import re
from functools import cache

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from planner.errors import Fault, ScenarioError
from planner.scenario.checks.figures import Known
from planner.scenario.load import check_scenario, known_in, resolve
from planner.scenario.vocabulary import Scenario
from planner.yamlfile.parse import read_lines
from tests.support.data import DATA

TEXT = """schema: 1
title: Modell E – én felles vertskommune
description: "med 'alt' som finnes"
region: {council: Hallingdal, add: [Krødsherad], remove: ["0615"]}
date: 2018-01-01
baseline: own_office
form: host_municipality
groups:
  - host: Gol
    members: [Nesbyen, Hemsedal, Ål]
    locations: {Ål: 2, Nesbyen: 2.5}
rest: own_office
municipalities:
  Gol: {population: 4584, fte: 11.5, services: [Startlån], case_system: ACOS}
  "0619": &figures {population: 4719}
  Hol: *figures
regional_staff: {Ressursenheten: 6.0}
network:
  change: [{link: [Narvik, Bjerkvik], minutes: 28, km: 36, wait_minutes: 0}]
  close: [[Gol, Ål], {link: [Gol, Hemsedal], road: Rv52}]
  open:
    - {link: [Ål, Hol], minutes: 20, km: 15, mode: road}
assumptions: {ferry_wait_share: 1.0}
workshop: {risk: {11: {likelihood: 5, consequence: 3}}}
"""
REQUEST = """schema: 1
title: Forslag
region: {municipalities: [Flå, Nesbyen, Gol, Hemsedal, "3043", Hol]}
propose:
  weights: {travel: 1, severed: 0.1, office: 0.2, staff: 0, council: 0, change: 0}
  constraints:
    offices: {min: 1, max: 3}
    max_travel_minutes: 75
    min_fte: 12
    max_fte: 40
    min_population: 1000
    max_population: 30000
    max_members: 5
    contiguous: true
    hosts: {fixed: [Gol], allowed: [Gol, Ål, Nesbyen], forbidden: [Flå]}
    together: [[Gol, Hemsedal]]
    apart: [[Gol, Ål], [Nesbyen, Ål]]
    keep_baseline_groups: false
    within: council
    crossing_allowed: [Flå]
    exempt: [Ål]
  alternatives: 5
  min_difference: 2
  solver: {time_limit_seconds: 10, relative_gap: 0.01}
"""
STRANGE = (
    *("", " ", "\n", "\t", ":", ": ", ",", "-", "- ", "?", "[", "]", "{", "}", "&a ", "*a", "!x "),
    *("|", ">", "'", '"', "#", "%", "@", "`", "~", "null", "true", "NO", "12:30", "0301", "-1"),
    *("1e400", ".nan", "2018-02-30", "...", "---", "<<", "\\", "9" * 5000, "today", "s.yaml", ".."),
    *("\x00", "\x85", "\u2028", "\ud800", "\ufeff", "\u202e", "𝔊", "Herøy", "Tysfjord", "Nes", "/"),
)
TOKEN = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)
SAFE = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def known() -> Known:
    return known_in(DATA)


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """A valid file with some tokens dropped, doubled, swapped, or replaced by strange ones."""
    tokens = TOKEN.findall(draw(st.sampled_from([TEXT, REQUEST])))
    for _ in range(draw(st.integers(1, 4))):
        here = draw(st.integers(0, len(tokens) - 1))
        match draw(st.sampled_from(["drop", "double", "swap", "replace", "insert", "cut"])):
            case "drop":
                tokens[here : here + draw(st.integers(1, 6))] = []
            case "double":
                tokens.insert(here, tokens[here])
            case "swap":
                there = draw(st.integers(0, len(tokens) - 1))
                tokens[here], tokens[there] = tokens[there], tokens[here]
            case "replace":
                tokens[here] = draw(st.sampled_from(STRANGE))
            case "insert":
                tokens.insert(here, draw(st.sampled_from(STRANGE)))
            case _:
                tokens = tokens[: here + 1]
        tokens = tokens or [""]
    return "".join(tokens)


def told(text: str) -> list[Fault]:
    """Check a text, and what holds for all."""
    scenario, faults = check_scenario(text, "s.yaml", known())
    assert (scenario is None) == bool(faults)
    assert faults == sorted(set(faults))
    last = text.count("\n") + text.count("\r") + 1
    for fault in faults:
        assert 0 <= fault.line <= last
        assert str(fault.message)[-1] in ".?"
        assert str(fault).isprintable()
    assert str(ScenarioError(faults)).count("\n") == max(0, len(faults) - 1)
    return faults


def test_both_files_are_good() -> None:
    assert told(TEXT) == []
    assert told(REQUEST) == []


@SAFE
@given(mutations())
def test_no_mutation_crashes(text: str) -> None:
    faults = told(text)
    assert faults == told(text)


@SAFE
@given(st.text(max_size=300))
@example("a: &a [*a]")
@example("? ? ? a")
@example("[[[[{a: ")
@example("\x85")
def test_no_text_crashes(text: str) -> None:
    assert told(text)


@SAFE
@given(mutations())
def test_what_is_accepted_resolves_as_it_was_checked(text: str) -> None:
    scenario, _ = check_scenario(text, "s.yaml", known())
    if scenario is None:
        return
    found = resolve(scenario, DATA)
    assert found.scenario is scenario
    assert list(found.codes) == sorted(set(found.codes))
    assert {*found.host_of, *found.host_of.values(), *found.locations} <= set(found.codes)
    in_memory = Scenario.model_validate(scenario.model_dump(by_alias=True, exclude_unset=True))
    assert resolve(in_memory, DATA) == found


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=6) | st.integers(), inner, max_size=3)
    ),
    max_leaves=8,
)
KEYS = sorted(set(re.findall(r"\w+(?=:)", TEXT + REQUEST)))


def written(value: object) -> str:
    """Write a value in one line of YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(key)}: {written(v)}" for key, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, str):
        escaped = "".join(f"\\U{ord(letter):08x}" for letter in value)
        return f'"{escaped}"'
    return "null" if value is None else str(value)


@SAFE
@given(st.dictionaries(st.sampled_from(KEYS), values, max_size=6))
def test_no_value_in_any_place_crashes(parts: dict[str, object]) -> None:
    lines = [f"{key}: {written(value)}" for key, value in parts.items()]
    told("\n".join(["region: {council: Hallingdal}", *lines]))


@SAFE
@given(st.integers(0, 30), st.sampled_from(["\n", "\r\n"]))
def test_lines_are_those_of_an_editor(blank: int, end: str) -> None:
    lines = [*TEXT.replace("members", "membres").splitlines(), ""]
    text = end.join(["#" * (number % 3) for number in range(blank)] + lines)
    wrong = next(fault for fault in told(text) if "membres" in fault.key)
    assert "membres" in text.split(end)[wrong.line - 1]


def test_shipped_scenarios_are_read_with_every_line() -> None:
    for path in sorted((DATA.folder.parent / "scenarios").glob("*/*.yaml")):
        text = path.read_text(encoding="utf-8")
        root = read_lines(text).root
        assert root is not None
        for child in root.children:
            assert text.split("\n")[child.line - 1].startswith(child.path[0])
