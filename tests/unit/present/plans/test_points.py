"""Plans as points, and the chart of them: what stands out, what is pale, what has a name."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from planner.optimise.judge import BrokenLimit
from planner.pipeline.plans import find_front, list_plans
from planner.present.plans.charts import PICK, plan_chart
from planner.present.plans.points import (
    PlanPoints,
    front_points,
    group_lines,
    heading,
    list_points,
    points_frame,
    points_table,
)
from planner.present.words.text import LANGUAGES, Language, speaking
from planner.scenario.load import load_scenario
from tests.support.data import DATA
from tests.support.paths import SCENARIOS

HALLINGDAL = SCENARIOS / "hallingdal"
X, Y = "structure.offices", "access.mean_min"


@cache
def every_plan() -> PlanPoints:
    drawn = load_scenario(HALLINGDAL / "modell-e.yaml")
    return list_points(
        list_plans(drawn, [load_scenario(HALLINGDAL / "modell-b.yaml")], bundle=DATA)
    )


def test_every_partition_and_the_plans_with_names() -> None:
    found = every_plan()
    assert len(found.front) == 203  # Bell number of six
    assert [one.name for one in found.points[:2]] == ["1", "2"]
    named = {one.name: one.label for one in found.points if one.title}
    assert list(named) == ["m0", "m1", "m2"]
    assert named["m0"] == "Utgangspunkt"
    assert named["m1"].startswith("Modell E")


def test_the_best_plans_depend_on_the_two_figures_alone() -> None:
    found = every_plan()
    best = [
        one
        for one, standing in zip(found.points, found.standings(X, Y), strict=True)
        if standing == "front" and not one.title
    ]
    offices = sorted(one.value(X) or 0 for one in best)
    assert offices == [1, 2, 3, 4, 5, 6]  # for each number of offices the shortest way
    everywhere = next(one for one in best if one.value(X) == 6)
    ways = [one.value(Y) or 0 for one in best]
    assert everywhere.value(Y) == min(ways) > 0  # nobody lives at the office


def test_what_breaks_a_limit_beats_nobody() -> None:
    found = every_plan()
    broken = tuple(replace(one, broken=(BrokenLimit("contiguous"),)) for one in found.points[1:])
    one_kept = replace(found, points=(found.points[0], *broken))
    standings = one_kept.standings(X, Y)
    assert standings[0] == "front"
    assert set(standings[1:]) == {"outside"}


def test_figures_are_drawn_with_shares_in_per_cent() -> None:
    frame = points_frame(every_plan(), X, "commuting.severed_share", "structure.least_group_fte")
    alone = frame[frame["x"] == 6]
    assert list(alone["y"]) == pytest.approx([100.0] * len(alone))
    assert frame["colour"].max() > 30
    assert set(frame["said"]) <= {
        "ingen av de andre er bedre på alt",
        "en av de andre er minst like god på alt",
    }


def test_the_same_plans_as_a_table() -> None:
    found = every_plan()
    table = points_table(found, [X, Y], X, Y)
    assert len(table) == len(found.points)
    assert list(table["Plan"][:2]) == ["Plan 1", "Plan 2"]
    assert table[heading(Y, "min")].max() < 60


def test_groups_in_lines() -> None:
    found = every_plan()
    plan = next(one.plan for one in found.points if one.name == "m1")
    assert group_lines(plan, found.instance.names) == ["Gol: Flå, Nesbyen, Hemsedal, Ål og Hol"]
    alone = next(one.plan for one in found.points if len(one.plan.hosts) == 6)
    assert group_lines(alone, found.instance.names) == [
        "Eget kontor hver for seg: Flå, Nesbyen, Gol, Hemsedal, Ål og Hol"
    ]


def test_a_front_is_points_too() -> None:
    drawn = load_scenario(HALLINGDAL / "modell-e.yaml")
    found = front_points(find_front(drawn, by=[X, Y], bundle=DATA))
    assert found.axes == (X, Y)
    assert found.complete
    standings = found.standings(X, Y)
    fronts = [one for one, own in zip(found.points, standings, strict=True) if not one.title]
    assert len(fronts) == 6
    assert set(standings[:6]) == {"front"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_needs_nothing_from_outside(language: Language) -> None:
    with speaking(language):
        spec = plan_chart(every_plan(), X, Y, picked="m1").to_dict()
    (pick,) = [one for one in spec["params"] if one["name"] == PICK]
    assert pick["value"] == [{"name": "m1"}]
    assert pick["select"]["fields"] == ["name"]
    assert "url" not in str(spec["data"])
    decimal = spec["config"]["locale"]["number"]["decimal"]
    assert decimal == ("." if language == "en" else ",")


def test_a_chart_tells_standings_apart_without_colour() -> None:
    layer = plan_chart(every_plan(), X, Y).to_dict()["layer"][0]
    shapes = layer["encoding"]["shape"]["scale"]
    assert len(set(shapes["range"])) == len(shapes["domain"]) == 4
    assert layer["encoding"]["shape"]["legend"]["values"] == [
        "ingen av de andre er bedre på alt",
        "en av de andre er minst like god på alt",
    ]
    coloured = plan_chart(every_plan(), X, Y, "structure.least_group_fte").to_dict()["layer"][0]
    assert coloured["encoding"]["color"]["type"] == "quantitative"
    assert coloured["encoding"]["shape"] == layer["encoding"]["shape"]
