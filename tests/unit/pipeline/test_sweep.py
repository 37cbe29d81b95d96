"""Sweeps: every variant once, the same wherever it is solved, and resumed after a stop."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from planner import load_scenario
from planner.assess.presence_rule import presence_lost, with_presence
from planner.errors import PlannerError
from planner.optimise import propose
from planner.optimise.solver.outcome import SolverError
from planner.pipeline import sweep
from planner.pipeline.run_scenario import make_instance
from planner.pool import Pool
from planner.present.plans.sweep import sweep_report
from tests.integration.test_main_job import HALLINGDAL
from tests.support.cluster import dask_cluster
from tests.support.data import DATA

VARY = ("constraints.min_fte=10:14:2", "weights.severed=0:0.2:0.2")


@pytest.fixture(scope="module")
def scenario_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hallingdal")
    for name in ("forslag.yaml", "modell-a.yaml"):
        shutil.copy(HALLINGDAL / name, folder)
    return folder / "forslag.yaml"


@pytest.fixture(scope="module")
def swept(scenario_file: Path) -> tuple[Path, pd.DataFrame]:
    """A sweep in two processes; its file and its table."""
    out = scenario_file.with_name("sweep.parquet")
    axes = [sweep.read_axis(written) for written in VARY]
    return out, sweep.sweep(load_scenario(scenario_file), axes, out, bundle=DATA, pool=Pool(2))


def test_axis_takes_both_ends_without_rounding() -> None:
    assert sweep.read_axis("weights.severed=0:0.5:0.1").points == (0, 0.1, 0.2, 0.3, 0.4, 0.5)
    assert sweep.read_axis("propose.constraints.min_fte=6:9:2").points == (6, 8)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("constraints.min_ftee=6:16:1", "Did you mean 'constraints.min_fte'?"),
        ("constraints.contiguous=0:1:1", "no weight"),
        ("constraints.min_fte=6:16", "KEY=from:to:step"),
        ("constraints.min_fte=6:16:0", "step above 0"),
        ("constraints.min_fte=16:6:1", "from:to:step"),
        ("constraints.min_fte=a:b:c", "from:to:step"),
        ("constraints.min_fte=0:1:1e-9", "at most"),
        ("constraints.min_fte=nan:1:1", "from:to:step"),
    ],
)
def test_a_faulty_axis_is_told(written: str, told: str) -> None:
    with pytest.raises(PlannerError, match="--vary") as error:
        sweep.read_axis(written)
    assert told in str(error.value)


def test_values_that_no_scenario_may_have_are_refused(scenario_file: Path) -> None:
    scenario = load_scenario(scenario_file)
    with pytest.raises(PlannerError, match=r"weights.severed: -1 is not allowed"):
        sweep.variants(scenario, [sweep.read_axis("weights.severed=-1:0:0.5")], DATA)
    axis = sweep.read_axis("weights.severed=0:1:0.5")
    with pytest.raises(PlannerError, match="once"):
        sweep.variants(scenario, [axis, axis], DATA)


def test_every_combination_is_solved_as_alone(
    scenario_file: Path, swept: tuple[Path, pd.DataFrame]
) -> None:
    out, table = swept
    pd.testing.assert_frame_equal(pd.read_parquet(out), table)
    scenario = load_scenario(scenario_file)
    every = sweep.variants(scenario, [sweep.read_axis(written) for written in VARY], DATA)
    assert len({one.id for one in every}) == 6
    assert list(table["variant"]) == [one.id for one in every]
    instance = make_instance(scenario, DATA)
    for variant, row in zip(every, table.to_dict("records"), strict=True):
        assert (row["constraints.min_fte"], row["weights.severed"]) == variant.point
        assert variant.request.fte.min == variant.point[0]
        assert variant.request.weights.severed == variant.point[1]
        proposal = propose(instance, variant.request)
        assert row["outcome"] == "optimal"
        assert row["objective"] == pytest.approx(proposal.solve.objective)
        assert {code: row[f"host_{code}"] for code in instance.codes} == proposal.plan.host_of
        plan = with_presence(instance, proposal, keep=True).plan
        assert row["presence_days"] == sum(plan.locations.values())
        assert row["presence_lost"] == len(presence_lost(instance, plan)) == 0


def test_a_sweep_does_not_run_the_main_module_of_its_caller_again(
    scenario_file: Path, swept: tuple[Path, pd.DataFrame]
) -> None:
    """A program without a guard, as a notebook, a page or a script of one's own is."""
    out = scenario_file.with_name("script.parquet")
    script = scenario_file.with_name("script.py")
    lines = [
        "import sys, pathlib",
        "pathlib.Path(__file__).with_name('began').mkdir()  # fails the second time",
        "from planner import load_scenario",
        "from planner.pipeline.sweep import read_axis, sweep",
        "from planner.pool import Pool",
        "from planner.workspace import default_workspace",
        f"axes = [read_axis(written) for written in {VARY}]",
        "sweep(load_scenario(sys.argv[1]), axes, pathlib.Path(sys.argv[2]),",
        "    bundle=default_workspace().data, pool=Pool(2))",
    ]
    script.write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, script, scenario_file, out]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pd.testing.assert_frame_equal(pd.read_parquet(out), swept[1])


def test_a_stopped_sweep_computes_only_what_is_left(
    scenario_file: Path, swept: tuple[Path, pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    out, table = swept
    again = out.with_name("again.parquet")
    parts = shutil.copytree(f"{out}.parts", f"{again}.parts")
    lost = sorted(Path(parts).glob("*.json"))[2]
    expected = json.loads(lost.read_text(encoding="utf-8"))
    lost.unlink()
    (Path(parts) / f".{lost.name}.123").write_text('{"varia', encoding="utf-8")
    solved: list[str] = []
    solve = sweep.solve_variant

    def told(*task: Any) -> sweep.PartRow:
        solved.append(task[-1].id)
        return solve(*task)

    monkeypatch.setattr(sweep, "solve_variant", told)
    axes = [sweep.read_axis(written) for written in VARY]
    shares: list[float] = []
    found = sweep.sweep(
        load_scenario(scenario_file), axes, again, bundle=DATA, progress=shares.append
    )
    assert solved == [expected["variant"]]
    assert shares == [1.0]
    pd.testing.assert_frame_equal(found, table)


def test_a_variant_that_fails_is_a_row_and_is_tried_again(
    scenario_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    axes, scenario = [sweep.read_axis(VARY[0])], load_scenario(scenario_file)
    out = scenario_file.with_name("failing.parquet")
    solve, bad = sweep.solve_variant, sweep.variants(scenario, axes, DATA)[1]

    def fails(*task: Any) -> sweep.PartRow:
        if task[-1].id == bad.id:
            raise SolverError("the solver gave up")
        return solve(*task)

    monkeypatch.setattr(sweep, "solve_variant", fails)
    table = sweep.sweep(scenario, axes, out, bundle=DATA)
    assert list(table["outcome"]) == ["optimal", sweep.FAILED, "optimal"]
    assert table["error"][1] == "SolverError: the solver gave up"
    assert sweep.plan_changes(table, axes)[axes[0].key][1] == 1
    assert len(pd.read_parquet(out)) == 3
    monkeypatch.setattr(sweep, "solve_variant", solve)
    again = sweep.sweep(scenario, axes, out, bundle=DATA)
    assert list(again["outcome"]) == ["optimal"] * 3


def test_other_data_are_other_variants(scenario_file: Path, tmp_path: Path) -> None:
    axes = [sweep.read_axis("constraints.min_fte=10:10:1")]
    (before,) = sweep.variants(load_scenario(scenario_file), axes, DATA)
    other = tmp_path / "forslag.yaml"
    shutil.copy(scenario_file.with_name("modell-a.yaml"), tmp_path)
    written = scenario_file.read_text(encoding="utf-8")
    other.write_text(written.replace("title: ", "title: Nytt "), encoding="utf-8")
    (renamed,) = sweep.variants(load_scenario(other), axes, DATA)
    other.write_text(written.replace("Ressursenheten: 6", "Ressursenheten: 7"), encoding="utf-8")
    (changed,) = sweep.variants(load_scenario(other), axes, DATA)
    assert renamed.id == before.id
    assert changed.id != before.id


def test_summary_counts_hosts_and_steps() -> None:
    axes = [sweep.SweepAxis("a", (1, 2, 3)), sweep.SweepAxis("b", (1, 2))]
    table = pd.DataFrame(
        {
            "a": [1, 1, 2, 2, 3, 3],
            "b": [1, 2, 1, 2, 1, 2],
            "outcome": ["optimal"] * 5 + ["infeasible"],
            "host_0001": ["0001"] * 5 + [None],
            "host_0002": ["0001", "0001", "0001", "0002", "0001", None],
        }
    )
    counts = sweep.host_counts(table)
    assert counts == {"0001": {"0001": 5}, "0002": {"0001": 4, "0002": 1}}
    changes = sweep.plan_changes(table, axes)
    assert changes == {"a": (2, 4), "b": (2, 3)}
    written = sweep_report({"0001": "Aga", "0002": "Bru"}, counts, changes, len(table))
    assert "5 av 6 varianter har en plan." in written
    assert "Bru: Aga i 4 og eget kontor i 1, av 5." in written
    assert "a: Planen endres i 2 av 4 steg." in written


def test_the_same_on_a_dask_cluster(
    scenario_file: Path, swept: tuple[Path, pd.DataFrame], tmp_path: Path
) -> None:
    out = scenario_file.with_name("cluster.parquet")
    axes = [sweep.read_axis(written) for written in VARY]
    with dask_cluster(tmp_path, workers=2) as cluster:
        pool = Pool(scheduler=cluster.address)
        found = sweep.sweep(load_scenario(scenario_file), axes, out, bundle=DATA, pool=pool)
    pd.testing.assert_frame_equal(found, swept[1])
