"""One run reads each thing once: the region, each table, each checksum, each scenario file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planner.cli import main
from planner.io import bundle, csv_table, yaml_table
from planner.io.bundle import Bundle
from planner.io.tables import assumptions, boundaries
from planner.scenario import load
from planner.scenario.checks import context
from planner.workspace import Workspace
from tests.support.data import DATA
from tests.support.paths import SCENARIOS


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counter[tuple[str, str]]:
    """What was called for which file, while a test runs."""
    counted: Counter[tuple[str, str]] = Counter()

    def count(module: Any, name: str, label: Callable[..., str]) -> None:
        real = getattr(module, name)

        def counting(*given: Any, **named: Any) -> Any:
            counted[name, label(*given, **named)] += 1
            return real(*given, **named)

        monkeypatch.setattr(module, name, counting)

    def file_name(path: Path, *_: object, **__: object) -> str:
        return Path(path).name

    count(bundle, "checksum", file_name)
    count(bundle, "_read_register", file_name)
    count(yaml_table, "read_text", file_name)
    count(load, "read_text", file_name)
    count(load, "read_lines", lambda text: text.split("title: ", 1)[1].split("\n", 1)[0])
    count(context, "read_region", lambda *_: "of any file")
    count(csv_table, "read_rows", file_name)
    count(assumptions, "YAML", lambda **_: "assumptions.yaml")
    count(boundaries.gpd, "read_parquet", file_name)
    return counted


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("hallingdal/modell-e", ["--out", "files"]),
        ("ofoten/uten-halogalandsbrua", []),
        ("hallingdal/forslag", ["--explain", "access.mean_min"]),
    ],
)
def test_a_run_reads_each_thing_once(
    name: str,
    more: list[str],
    counts: Counter[tuple[str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    workspace = Workspace(Bundle(DATA.folder), SCENARIOS)
    assert main(["run", str(SCENARIOS / f"{name}.yaml"), *more], workspace) == 0
    kinds = {kind for kind, _ in counts}
    assert kinds >= {"checksum", "read_rows", "YAML", "read_text", "read_lines", "read_region"}
    regions = counts.pop(("read_region", "of any file"))
    assert regions == sum(kind == "read_lines" for kind, _ in counts)  # the baseline has its own
    assert {key: count for key, count in counts.items() if count > 1} == {}
