"""Access, and the table of a plan's municipalities."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from planner.assess.access import (
    assess_access,
    centre_minutes,
    host_minutes,
    municipality_table,
    nearest_minutes,
)
from planner.assess.statistics import least_covering
from planner.model.inhabitants import Inhabitants
from planner.model.instance import Instance
from planner.model.plan import Plan
from tests.support.factories import three_fjords

WEST = {"0001": ["0002", "0003"], "0004": ["0005", "0006"]}


def figures(instance: Instance, plan: Plan) -> dict[str, float | None]:
    return {one.key: one.value for one in assess_access(instance, plan)}


def test_minutes_to_the_host_by_hand() -> None:
    values = figures(three_fjords(), Plan.from_groups(WEST))
    # 4000 x 0 + 1000 x 20 + 2000 x 50 + 3000 x 0 + 500 x 40 + 1500 x 55 = 222 500 of 12 000
    assert values["access.mean_min"] == pytest.approx(222_500 / 12_000)
    assert values["access.median_min"] == 0  # 7 000 of 12 000 live in a host municipality
    assert values["access.p90_min"] == 55  # 10 500 of 12 000 within 50 minutes are too few
    assert values["access.max_min"] == 55


def test_shares_within_limits_by_hand() -> None:
    values = figures(three_fjords(), Plan.from_groups(WEST))
    assert values["access.within_30_share"] == pytest.approx(8000 / 12_000)
    assert values["access.within_45_share"] == pytest.approx(8500 / 12_000)
    assert values["access.within_60_share"] == 1
    assert values["access.ferry_share"] == pytest.approx(2000 / 12_000)


def test_presence_days_serve_their_share_of_the_visits() -> None:
    plan = Plan.from_groups(WEST, locations={"0003": 2, "0006": 1})
    nearest = nearest_minutes(three_fjords(), plan)
    assert nearest["0003"] == pytest.approx(3 / 5 * 50)  # at home on 2 of 5 days
    assert nearest["0006"] == pytest.approx(4 / 5 * 55)
    assert nearest["0005"] == pytest.approx(1 / 5 * 15 + 4 / 5 * 40)  # Gol is nearer, 1 day
    assert nearest["0002"] == 20  # the host is nearer than the location in Dal
    assert nearest["0001"] == 0


def test_a_location_in_another_group_does_not_count() -> None:
    plan = Plan.from_groups({**WEST}, locations={"0005": 5})
    assert nearest_minutes(three_fjords(), plan)["0003"] == 50


def test_more_presence_never_lengthens_the_way() -> None:
    instance = three_fjords()
    ways = [
        nearest_minutes(instance, Plan.from_groups(WEST, locations={"0003": days}))
        for days in (0, 1, 2.5, 5)
    ]
    for fewer, more in pairwise(ways):
        assert (more <= fewer + 1e-12).all()


def test_a_municipality_without_a_way_is_said_and_left_out_of_the_mean() -> None:
    instance = three_fjords()
    minutes = instance.travel.minutes.copy()
    minutes.loc["0006", :] = minutes.loc[:, "0006"] = np.inf
    minutes.loc["0006", "0006"] = 0
    island = replace(instance, travel=replace(instance.travel, minutes=minutes))
    values = figures(island, Plan.from_groups(WEST))
    assert values["access.unreachable_persons"] == 1500
    assert values["access.mean_min"] == pytest.approx(140_000 / 10_500)
    assert values["access.max_min"] is None
    assert values["access.p90_min"] is None


def test_nobody_living_there_leaves_the_means_undefined() -> None:
    instance = three_fjords()
    empty = instance.municipalities.assign(population=0)
    values = figures(replace(instance, municipalities=empty), Plan.from_groups(WEST))
    assert values["access.mean_min"] is None
    assert values["access.within_30_share"] is None


def test_quantile_counts_people_not_municipalities() -> None:
    instance = three_fjords()
    everyone = Plan.from_groups({"0001": instance.codes})
    assert figures(instance, everyone)["access.median_min"] == 50
    empty = replace(instance, municipalities=instance.municipalities.assign(population=0))
    assert figures(empty, everyone)["access.median_min"] is None


def test_visits_on_days_without_presence() -> None:
    counted = pd.DataFrame({"visits_per_month": [100.0, 50.0]}, index=["0002", "0003"])
    instance = replace(three_fjords(), visits=counted)
    plan = Plan.from_groups(WEST, locations={"0003": 2})
    found = {one.key: one for one in assess_access(instance, plan)}["access.visits_affected"]
    assert found.value == pytest.approx(100 + 50 * 3 / 5)
    assert found.by_municipality == {"0002": 100, "0003": pytest.approx(30)}
    assert figures(instance, instance.baseline)["access.visits_affected"] == 0


def test_visits_that_nobody_counted_are_unknown() -> None:
    unknown = replace(three_fjords(), visits=pd.DataFrame())
    assert figures(unknown, Plan.from_groups(WEST))["access.visits_affected"] is None


def test_the_nearest_open_location_by_hand() -> None:
    plan = Plan.from_groups(WEST, locations={"0003": 2, "0006": 1})
    values = figures(three_fjords(), plan)
    # 1000 x 20 + 2000 x 3/5 x 50 + 500 x (1/5 x 15 + 4/5 x 40) + 1500 x 4/5 x 55
    assert values["access.nearest_mean_min"] == pytest.approx(163_500 / 12_000)
    assert values["access.nearest_median_min"] == 0
    assert values["access.nearest_p90_min"] == pytest.approx(44)
    assert values["access.nearest_max_min"] == pytest.approx(44)
    assert values["access.within_90_share"] == 1


def spread_out() -> Instance:
    """The three fjords with Aga's people in two places: a quarter live 40 minutes from Aga."""
    instance = three_fjords()
    minutes = instance.travel.minutes.to_numpy(dtype=float)
    points = np.vstack([minutes[0], minutes[0] + 40, minutes[1:]])
    share = np.array([0.75, 0.25, 1, 1, 1, 1, 1])
    home = np.array([0, 0, 1, 2, 3, 4, 5])
    return replace(instance, inhabitants=Inhabitants(tuple(instance.codes), home, share, points))


def test_access_is_a_distribution_over_people() -> None:
    plan = Plan.from_groups(WEST)
    found = {one.key: one for one in assess_access(spread_out(), plan)}
    # a quarter of Aga's 4000 have 40 minutes more than from the centre, which were 222 500 in all
    assert found["access.mean_min"].value == pytest.approx((222_500 + 1000 * 40) / 12_000)
    assert found["access.mean_min"].by_municipality["0001"] == pytest.approx(10)
    assert found["access.median_min"].by_municipality["0001"] == 0
    assert found["access.p90_min"].by_municipality["0001"] == 40
    assert found["access.max_min"].by_municipality["0001"] == 40
    assert found["access.within_30_share"].by_municipality["0001"] == pytest.approx(0.75)
    assert found["access.within_30_share"].value == pytest.approx(7000 / 12_000)
    assert found["access.mean_min"].by_group["0001"] == pytest.approx(
        (1000 * 40 + 1000 * 20 + 2000 * 50) / 7000
    )


def test_everybody_goes_to_the_location_that_is_nearest_to_them() -> None:
    instance = spread_out()
    people = instance.people
    points = people.minutes.copy()
    points[1] = [40.0, 60.0, 5.0, 95.0, 135.0, 150.0]  # that quarter of Aga lives near Dal
    instance = replace(instance, inhabitants=replace(people, minutes=points))
    plan = Plan.from_groups(WEST, locations={"0003": 5})
    assert nearest_minutes(instance, plan)["0001"] == pytest.approx(0.25 * 5)
    assert host_minutes(instance, plan)["0001"] == pytest.approx(0.25 * 40)
    assert centre_minutes(instance, plan)["0001"] == 0
    part = Plan.from_groups(WEST, locations={"0003": 2})
    assert nearest_minutes(instance, part)["0001"] == pytest.approx(0.25 * (2 * 5 + 3 * 40) / 5)


def test_people_without_a_way_are_counted_and_left_out_of_the_mean() -> None:
    instance = spread_out()
    points = instance.people.minutes.copy()
    points[1] = np.inf
    cut = replace(instance, inhabitants=replace(instance.people, minutes=points))
    found = {one.key: one for one in assess_access(cut, Plan.from_groups(WEST))}
    assert found["access.unreachable_persons"].value == 1000
    assert found["access.mean_min"].by_municipality["0001"] == 0
    assert found["access.max_min"].value is None


@pytest.mark.parametrize(("minutes", "within"), [(30.0, 1), (30.01, 11 / 12)])
def test_a_limit_just_reached_is_kept(minutes: float, within: float) -> None:
    instance = three_fjords()
    ways = instance.travel.minutes.where(instance.travel.minutes <= 0, 30.0)
    ways.loc["0002", "0001"] = minutes  # 1 000 of 12 000 live there
    near = replace(instance, travel=replace(instance.travel, minutes=ways))
    values = figures(near, Plan.from_groups({"0001": instance.codes}))
    assert values["access.within_30_share"] == pytest.approx(within)


def test_the_longest_way_is_that_of_somebody() -> None:
    instance = three_fjords()
    table = instance.municipalities.copy()
    table.loc["0006", "population"] = 0  # 55 minutes away, the farthest
    values = figures(replace(instance, municipalities=table), Plan.from_groups(WEST))
    assert values["access.max_min"] == 50


def test_nine_of_ten_are_covered_by_the_ninth() -> None:
    """Tenths have no exact binary fraction; the share is reached all the same."""
    for people in (1.0, 3.0, 0.1, 7e5):
        assert least_covering(np.arange(1.0, 11), np.full(10, people), 0.9) == 9
        assert least_covering(np.arange(1.0, 11), np.full(10, people), 0.3) == 3


PLAN = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005", "0006"]}, locations={"0003": 2})


def test_the_table_of_municipalities_is_labelled() -> None:
    table = municipality_table(three_fjords(), PLAN)
    assert list(table.index) == three_fjords().codes
    assert table.loc["0006", "host"] == "Eid"
    assert table.loc["0006", "minutes"] == pytest.approx(55)
