"""The bench that mutates the core: every change is one, is made, and is undone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bench import mutants
from bench.mutants import Mutant, changed, near_tests, operators, sample, survives
from tests.support.paths import ROOT

SOURCE = "def f(a: int | None, b: int) -> bool:\n    return 0 < a <= b and a + b > 1\n"


def test_every_operator_is_changed_alone() -> None:
    count = len(list(operators(ast.parse(SOURCE))))
    found = [changed(SOURCE, place) for place in range(count)]
    assert {(before, after) for _, before, after, _ in found} == {
        ("And", "Or"), ("Lt", "LtE"), ("LtE", "Lt"), ("Gt", "GtE"), ("Add", "Sub")
    }  # fmt: skip
    assert len({text for text, *_ in found}) == count == 5
    assert {line for *_, line in found} == {2}


def test_a_sample_is_the_same_for_the_same_seed() -> None:
    assert sample(ROOT, 5, 1) == sample(ROOT, 5, 1) != sample(ROOT, 5, 2)


def test_tests_of_a_module_are_found() -> None:
    assert "tests/unit/assess/test_access.py" in near_tests(ROOT, "planner/assess/access.py")


@pytest.mark.parametrize("passing", [True, False])
def test_a_copy_is_put_right_again(
    passing: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "planner" / "assess" / "one.py"
    module.parent.mkdir(parents=True)
    (tmp_path / "tests").mkdir()
    module.write_text(SOURCE, encoding="utf-8")
    seen: list[str] = []

    def run(copy: Path, tests: list[str]) -> bool:
        assert copy == tmp_path
        assert tests
        seen.append(module.read_text(encoding="utf-8"))
        return passing

    monkeypatch.setattr(mutants, "_pass", run)
    assert survives(tmp_path, Mutant("planner/assess/one.py", 0, 2, "And", "Or")) is passing
    assert "or a + b" in seen[0]
    assert module.read_text(encoding="utf-8") == SOURCE
