"""The benchmarks measure what they say, and say what they leave out."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from bench.__main__ import _without_peer
from bench.backtest import likeness
from bench.measure import ROOT, Measurement, Piece, measure
from bench.table import Line, Row, table
from tests.support import bench_pieces


def run_bench(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--quick", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_a_quick_run_prints_one_table_and_writes_it(tmp_path: Path) -> None:
    file = tmp_path / "bench.json"
    printed = run_bench("--only", "propose Nordland, all terms", "--json", str(file))
    assert printed.count("propose Nordland") == 1
    report = json.loads(file.read_text(encoding="utf-8"))
    assert report["quick"] is True
    assert report["machine"]["cores"] == os.cpu_count()
    assert report["versions"]["highspy"]
    (row,) = report["rows"]
    assert row["ours"]["facts"]["outcome"] == "optimal"
    assert row["ours"]["cpu_s"] > 0
    assert row["peer"] is None


def test_rows_whose_files_are_missing_say_so(tmp_path: Path) -> None:
    printed = run_bench("--only", "or_library", "--reference", str(tmp_path))
    assert "left out, as the reference folder has no or_library/" in printed


def test_a_name_that_no_row_has_is_an_error() -> None:
    with pytest.raises(subprocess.CalledProcessError) as caught:
        run_bench("--only", "no_such_row")
    assert "no row is called no_such_row" in caught.value.stderr


def test_a_peer_that_is_not_installed_is_left_out_with_a_sentence() -> None:
    piece = Piece.of(bench_pieces.busy, 1)
    row = _without_peer(Row("a row", piece, piece, peer_name="them", needs="no_such_library"))
    assert row.ours == piece
    assert row.peer is None
    assert "no_such_library is not installed" in row.skipped


def test_work_is_timed_and_its_findings_kept() -> None:
    found = measure(Piece.of(bench_pieces.busy, 7))
    assert found.failure == ""
    assert found.facts == {"objective": 7, "steps": 1_000_000}
    assert found.cpu_s > 0
    assert found.wall_s > 0


@pytest.mark.skipif(sys.platform != "linux", reason="memory of children is read from /proc")
def test_memory_of_children_counts() -> None:
    found = measure(Piece.of(bench_pieces.hungry_child, 200))
    assert 200 < found.peak_mb < 300


@pytest.mark.skipif(sys.platform != "linux", reason="memory of children is read from /proc")
def test_a_p_median_needs_no_more_than_ten_times_its_costs() -> None:
    size = 900
    with_few_hosts, prepared = (
        measure(Piece.of(bench_pieces.median, size, hosts)) for hosts in (10, 0)
    )
    assert with_few_hosts.facts["outcome"] in {"optimal", "feasible"}
    assert with_few_hosts.peak_mb - prepared.peak_mb < 10 * 8 * size**2 / 2**20


def test_a_failure_is_told_in_its_row() -> None:
    found = measure(Piece.of(bench_pieces.failing))
    assert found.failure == "LookupError: there is no such thing"
    assert "there is no such thing" in table([Line(Row("a row"), found, None)])


def line(ours: float, theirs: float, tolerance: float | None = 1e-6) -> Line:
    return Line(
        Row("a row", peer_name="them", tolerance=tolerance),
        Measurement(2.0, 1.0, 50.0, {"objective": ours, "outcome": "optimal"}),
        Measurement(30.0, 20.0, 1000.0, {"objective": theirs, "outcome": "optimal"}),
    )


def test_ratios_are_the_peer_s_figure_over_ours() -> None:
    ratios = [line(5, 5).ratio(figure) for figure in ("wall_s", "cpu_s", "peak_mb")]
    assert ratios == [15, 20, 20]


def test_objectives_that_differ_are_marked() -> None:
    assert line(5, 5).agree
    assert not line(5, 5.1).agree
    assert line(5, 5.1, tolerance=None).agree is None
    assert "5 / 5.1" in table([line(5, 5.1)])
    assert " NO " in table([line(5, 5.1)])


def test_likeness_by_hand() -> None:
    after = pd.Series({"1": "1", "2": "1", "3": "3", "4": "3"})
    assert likeness(after, after).rand == 1
    other = pd.Series({"1": "2", "2": "2", "3": "3", "4": "3"})  # the same groups, another host
    found = likeness(other, after)
    assert (found.rand, found.alike, found.hosts) == (1, 0.5, 0.5)
