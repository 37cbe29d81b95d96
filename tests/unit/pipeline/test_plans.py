"""All plans of a scenario's region, models set beside them, and the options of the commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planner.assess.indicator import DIRECTIONS, AxisError
from planner.assess.plans.space import Assessor
from planner.cli import command_line as cli
from planner.errors import ScenarioError
from planner.optimise.all_plans.enumerate import RegionTooLargeError
from planner.pipeline.plans import PlanList, find_front, list_plans, measured, models_beside
from planner.pipeline.run_scenario import make_instance, run
from planner.present.plans.lists import front_report, plan_list_report
from planner.present.words.text import LANGUAGES, Language, speaking
from planner.scenario.load import load_scenario
from planner.scenario.vocabulary import Scenario
from tests.integration.test_main_job import HALLINGDAL, ROOT
from tests.support.data import DATA

GOL, HEMSEDAL, AL, HOL, NESBYEN, FLA = "3041", "3042", "3043", "3044", "3040", "3039"
NORDLAND = ROOT / "scenarios" / "nordland"


def model(letter: str) -> Scenario:
    return load_scenario(HALLINGDAL / f"modell-{letter}.yaml")


def forslag() -> Scenario:
    return load_scenario(HALLINGDAL / "forslag.yaml")


@pytest.fixture(scope="module")
def every_plan() -> PlanList:
    return list_plans(model("e"), [model("a")], bundle=DATA)


def test_all_203_partitions_of_hallingdal_with_every_indicator(every_plan: PlanList) -> None:
    found = every_plan
    assert len(found.plans) == 203
    own = run(model("e"))
    everyone = found.plans[0]  # one office for all, hosted by Gol as in model E
    assert everyone.plan == own.plan
    figures = {key: indicator.value for key, indicator in everyone.indicators.items()}
    assert {key: figures[key] for key in own.scores} == {
        key: score.indicator.value for key, score in own.scores.items()
    }
    assert [title for title, _ in found.space.models] == [model("e").title, model("a").title]
    assert not any(one.broken for one in found.plans)


def test_every_direction_is_that_of_an_indicator() -> None:
    region = make_instance(model("e"), DATA)
    known = Assessor(region).indicators(region.baseline)
    assert set(DIRECTIONS) <= set(known)


def test_a_request_marks_the_plans_that_break_it() -> None:
    found = list_plans(forslag(), by=["access.mean_min"], bundle=DATA)
    assert len(found.plans) == 52  # contiguous ones: the request asks for that
    within = [one for one in found.plans if not one.broken]
    best = min(within, key=lambda one: one.indicators["access.mean_min"].value or 0.0)
    plan = run(forslag()).plan
    assert plan is not None
    assert best.plan.host_of == plan.host_of
    assert best.plan.locations == plan.locations != {}
    assert all(one.plan.host_of[GOL] == one.plan.host_of[HEMSEDAL] for one in within)


def test_baseline_and_models_are_placed_against_the_front() -> None:
    found = find_front(
        model("e"), [model("a"), model("d")], by=["access.mean_min", "offices"], bundle=DATA
    )
    assert [point.figures["structure.offices"] for point in found.front.points] == [
        6,
        5,
        4,
        3,
        2,
        1,
    ]
    assert [placed.name[:8] for placed in found.models] == ["Modell E", "Modell A", "Modell D"]
    assert [placed.on_front for placed in found.models] == [True, False, True]
    assert found.baseline.figures == found.models[1].figures
    assert found.baseline.dominated_by == (1,)  # another plan with five offices


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_and_fronts_are_written_in_every_language(
    every_plan: PlanList, language: Language
) -> None:
    found = find_front(forslag(), by=["access.mean_min", "offices"], bundle=DATA)
    with speaking(language):
        listed, front = plan_list_report(every_plan), front_report(found)
    for written in (listed, front):
        assert "{" not in written
        assert "Gol+Flå+Nesbyen+Hemsedal" in written


def test_models_are_the_drawn_scenarios_of_the_same_region_in_the_folder() -> None:
    titles = [one.title[:8] for one in models_beside(model("e"), DATA)]
    assert titles == ["Modell A", "Modell B", "Modell C", "Modell D"]
    assert [one.title[:8] for one in models_beside(forslag(), DATA)] == [*titles, "Modell E"]
    assert models_beside(load_scenario(HALLINGDAL / "modell-delt.yaml"), DATA) == []
    in_memory = Scenario.model_validate(
        {"schema": 1, "title": "x", "region": {"council": "Hallingdal"}, "propose": {}}
    )
    assert models_beside(in_memory, DATA) == []


@pytest.mark.parametrize(
    ("other", "key"),
    [(NORDLAND / "dagens-kontorer.yaml", "region"), (HALLINGDAL / "forslag.yaml", "propose")],
)
def test_a_model_must_draw_a_plan_of_the_same_region(other: Path, key: str) -> None:
    with pytest.raises(ScenarioError, match=rf"{other.name}  {key}: cannot be set beside"):
        find_front(
            model("e"), [load_scenario(other)], by=["access.mean_min", "offices"], bundle=DATA
        )


def test_what_cannot_be_listed() -> None:
    with pytest.raises(RegionTooLargeError, match="41 municipalities"):
        list_plans(load_scenario(NORDLAND / "dagens-kontorer.yaml"), bundle=DATA)
    with pytest.raises(AxisError, match=r"Did you mean 'access\.mean_min'"):
        list_plans(model("e"), by=["access.mean"], bundle=DATA)


def test_front_of_a_county_by_the_solver() -> None:
    county = load_scenario(NORDLAND / "forslag-18-kontorer.yaml")
    found = find_front(county, by=["access.mean_min", "offices"], bundle=DATA)
    offices = [point.figures["structure.offices"] for point in found.front.points]
    assert offices[0] == 18
    assert offices == sorted(offices, reverse=True)
    minutes = [point.figures["access.mean_min"] or 0.0 for point in found.front.points]
    assert minutes == sorted(minutes)
    assert found.front.method == "solver"
    assert found.front.complete


def test_measured_against_another_request_its_own_or_the_usual() -> None:
    drawn = run(model("a"))
    usual = measured(drawn, bundle=DATA)
    assert usual is not None
    assert usual.request.offices.min == usual.request.offices.max == 5
    against = measured(drawn, forslag(), bundle=DATA)
    assert against is not None
    assert {broken.limit for broken in against.broken} == {"offices.max", "exempt"}
    own = measured(run(forslag()), bundle=DATA)
    assert own is not None
    assert own.gap == pytest.approx(0)
    with pytest.raises(ScenarioError, match=r"modell-b\.yaml  propose: has no 'propose'"):
        measured(drawn, model("b"), bundle=DATA)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, Any]:
    code = cli.main([str(argument) for argument in arguments])
    return code, json.loads(capsys.readouterr().out)


def test_enumerate_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    path = HALLINGDAL / "modell-c.yaml"
    options = ["--contiguous", "--by", "mean_min", "offices"]
    code, document = printed(capsys, "enumerate", path, "--json", *options)
    assert code == 0
    assert document["counts"] == {"plans": 52, "within_limits": 52, "non_dominated": 6}
    assert document["by"][1] == {"key": "structure.offices", "better": "less"}
    assert document["indicators"]["access.mean_min"] == {"unit": "min"}
    for number, plan in enumerate(document["plans"], start=1):
        assert plan["number"] == number
        assert plan["dominated"] == (plan["dominated_by"] is not None)
        assert sorted(name for group in plan["groups"] for name in group["members"]) == [
            "Flå", "Gol", "Hemsedal", "Hol", "Nesbyen", "Ål"
        ]  # fmt: skip
    named = {one["title"][:8]: one["same_hosts"] for p in document["plans"] for one in p["models"]}
    assert named == {f"Modell {letter}": True for letter in "ABCDE"}


def test_a_list_has_a_row_a_plan(every_plan: PlanList) -> None:
    rows = plan_list_report(every_plan).splitlines()
    assert rows[1].startswith("203 planer, 203 av dem innenfor kravene")
    (one_office,) = (row for row in rows if row.startswith("1 "))
    assert "Gol+Flå+Nesbyen+Hemsedal+Ål+Hol" in one_office
    assert one_office.endswith("ingen er bedre på alt; Modell E – én felles vertskommune")
    assert rows[-1].split()[0] == "203"


def test_pareto_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    path = HALLINGDAL / "modell-e.yaml"
    axes = ["--x", "access.mean_min", "--y", "offices", "--z", "commuting.severed_share"]
    code, document = printed(capsys, "pareto", path, *axes, "--best-hosts", "--json")
    assert code == 0
    assert [axis["key"] for axis in document["axes"]] == [
        "access.mean_min", "structure.offices", "commuting.severed_share"
    ]  # fmt: skip
    assert document["axes"][2] == {
        "key": "commuting.severed_share", "better": "less", "unit": "share"
    }  # fmt: skip
    assert (document["method"], document["plans_compared"]) == ("every_partition", 203)
    assert document["complete"]
    assert document["baseline"]["figures"]["structure.offices"] == 5
    assert len(document["models"]) == 5
    point = document["points"][-1]
    assert point["figures"]["structure.offices"] == 1
    assert point["plans"][0][0]["host"] == "Gol"


def test_pareto_prints_the_models_below_the_front(capsys: pytest.CaptureFixture[str]) -> None:
    path = HALLINGDAL / "modell-e.yaml"
    assert cli.main(["pareto", str(path), "--x", "access.mean_min", "--y", "offices"]) == 0
    out = capsys.readouterr().out
    assert "av alle 1057 med alle valg av vertskommune" in out
    assert "[2] Kontorer med vertskommune (kontorer), mindre er bedre" in out
    (baseline,) = (row for row in out.splitlines() if "Utgangspunkt" in row)
    assert baseline.split() == [
        "10,6",
        "5",
        "Utgangspunkt",
        "2",
        "er",
        "minst",
        "like",
        "god",
        "på",
        "alt",
    ]


def test_pareto_without_any_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "none.yaml"
    lines = ["schema: 1", "title: none", "region: {council: Hallingdal}"]
    lines.append("propose: {constraints: {min_fte: 500, exempt: never}}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert cli.main(["pareto", str(path), "--x", "access.mean_min", "--y", "offices"]) == 3
    assert "ingen plan oppfyller kravene" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("key", "message"),
    [("access.meen_min", "access.mean_min"), ("least_group_fte", "least_group_fte:more")],
)
def test_axes_that_cannot_be_used(
    key: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = HALLINGDAL / "modell-e.yaml"
    assert cli.main(["pareto", str(path), "--x", key, "--y", "offices"]) == 2
    assert message in capsys.readouterr().err


def test_run_and_compare_measure_plans(capsys: pytest.CaptureFixture[str]) -> None:
    path, asking = HALLINGDAL / "modell-a.yaml", HALLINGDAL / "forslag.yaml"
    code, document = printed(capsys, "run", path, "--json", "--measure", asking)
    assert code == 0
    found = document["measured"]
    assert document["outcome"] is None
    assert found["weights"]["severed"] == 0.1
    assert found["best"]["outcome"] == "optimal"
    assert found["gap"] == pytest.approx(found["objective"] - found["best"]["objective"])
    assert [broken["limit"] for broken in found["broken"]] == ["offices.max", "exempt"]
    code, document = printed(capsys, "compare", path, asking, "--json", "--measure")
    drawn, proposed = document["scenarios"]
    assert drawn["measured"]["gap_share"] > 0
    assert proposed["measured"]["gap"] == pytest.approx(0)
    assert cli.main(["run", str(path), "--measure"]) == 0
    out = capsys.readouterr().out
    assert "dyrere enn den beste mulige" in out
    assert "  1. Flå legger ned kontoret og går til Nesbyen (+1,67)" in out
    assert "  2. Hemsedal fra Gol til eget kontor (−1,99)" in out
