"""Which of several plans others dominate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from planner.assess.direction import Axis
from planner.assess.indicator import Indicator
from planner.assess.plans.dominance import same_circumstances, standings
from planner.assess.scorecard import Score
from planner.model.instance import Instance
from tests.support.factories import three_fjords

AXES = (Axis("access.mean_min", "less"), Axis("access.within_30_share", "more"))


def scores(minutes: float | None, share: float | None) -> dict[str, Score]:
    values = {"access.mean_min": minutes, "access.within_30_share": share}
    return {
        key: Score(one, one)
        for key, one in ((key, Indicator(key, value, "modelled")) for key, value in values.items())
    }


def stand(plans: Mapping[str, tuple[Instance, Mapping[str, Score]]]) -> dict[str, tuple[str, ...]]:
    return {name: one.dominated_by for name, one in standings(plans, AXES).items()}


def test_who_dominates_whom() -> None:
    here = three_fjords()
    plans = {
        "near": (here, scores(10.0, 0.8)),
        "far": (here, scores(20.0, 0.8)),
        "apart": (here, scores(5.0, 0.5)),
        "same as near": (here, scores(10.0, 0.8)),
        "worst": (here, scores(30.0, 0.1)),
    }
    assert stand(plans) == {
        "near": (),
        "far": ("near", "same as near"),
        "apart": (),
        "same as near": (),  # equals do not dominate one another
        "worst": ("near", "far", "apart", "same as near"),
    }


def test_rounding_dominates_nobody() -> None:
    here = three_fjords()
    plans = {"one": (here, scores(10.0, 0.8)), "other": (here, scores(10.0 + 1e-12, 0.8))}
    assert stand(plans) == {"one": (), "other": ()}


def test_what_is_not_defined_is_compared_with_nothing() -> None:
    here = three_fjords()
    found = standings({"one": (here, scores(1.0, 0.9)), "other": (here, scores(None, 0.1))}, AXES)
    assert found["one"].among == ()
    assert found["other"].among == ()
    assert found["other"].dominated_by == ()


def test_other_roads_people_or_commuters_are_other_circumstances() -> None:
    here = three_fjords()
    slower = replace(here, travel=replace(here.travel, minutes=here.travel.minutes * 2))
    more = replace(here, municipalities=here.municipalities.assign(population=1))
    commuters = replace(here, commuters=here.commuters + 1)
    assert same_circumstances(here, three_fjords())
    for other in (slower, more, commuters):
        assert not same_circumstances(here, other)
        plans = {"one": (here, scores(1.0, 0.9)), "other": (other, scores(2.0, 0.1))}
        assert stand(plans) == {"one": (), "other": ()}
