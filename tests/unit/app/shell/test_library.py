"""The scenario files that the app offers: listed without being run, kept while unchanged."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from planner.app.shell import library, settings
from planner.pipeline.result import Result

DRAWN = "schema: 1\ntitle: {title}\nregion: {{council: Hallingdal}}\nbaseline: {baseline}\n{rest}"
GROUPS = "groups: [{host: Gol, members: [Flå, Nesbyen, Hemsedal, Ål, Hol]}]\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(settings.SCENARIOS, str(tmp_path))
    region = tmp_path / "hallingdal"
    region.mkdir()
    return region


def write(path: Path, baseline: str = "today", rest: str = GROUPS) -> library.Entry:
    path.write_text(DRAWN.format(title=path.stem, baseline=baseline, rest=rest), encoding="utf-8")
    return library.Entry(path, path.stem)


def touch(entry: library.Entry) -> None:
    later = entry.path.stat().st_mtime_ns + 1_000_000
    os.utime(entry.path, ns=(later, later))


def test_hundreds_are_listed_without_reading_more_than_their_heads(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(300):
        write(folder / f"plan-{number:03}.yaml")

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(library, "load_scenario", never)
    offered = library.entries("hallingdal")
    assert [one.title for one in offered] == [f"plan-{number:03}" for number in range(300)]
    assert library.regions_with("3041") == ["hallingdal"]
    assert library.regions_with("0301") == []


def test_a_result_is_kept_until_a_file_that_it_depends_on_changes(folder: Path) -> None:
    first, second = write(folder / "a.yaml"), write(folder / "b.yaml", baseline="a.yaml")
    third, other = write(folder / "c.yaml", baseline="b.yaml"), write(folder / "d.yaml")
    before = library.result_of(third)
    assert isinstance(before, Result)
    touch(other)
    assert library.result_of(third) is before
    for depended_on in (first, second, third):
        touch(depended_on)
        after = library.result_of(third)
        assert after is not before
        before = after


def test_baselines_that_lead_in_a_circle_are_told(folder: Path) -> None:
    one, _ = (
        write(folder / "a.yaml", baseline="b.yaml"),
        write(folder / "b.yaml", baseline="a.yaml"),
    )
    assert "a.yaml" in str(library.result_of(one))


def test_a_proposal_is_solved_elsewhere_and_given_whole(folder: Path) -> None:
    asked = write(folder / "forslag.yaml", rest="propose: {constraints: {offices: {max: 2}}}\n")
    result = library.result_of(asked)
    assert isinstance(result, Result)
    assert result.proposal is not None
    assert result.proposal.solve.outcome == "optimal"
    assert result.scenario.path == asked.path
    assert library._SOLVER._child is not None  # a process of its own
    based = library.result_of(write(folder / "etter.yaml", baseline="forslag.yaml"))
    assert isinstance(based, Result)
    assert based.instance.baseline.host_of == result.plan.host_of
