from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from planner.errors import LabelMismatchError, PlannerError
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.model.weights import Weights
from planner.optimise.grouping.objective import (
    TERMS,
    host_positions,
    objective_of,
    same_area,
    term_tables,
    terms_of,
)
from tests.support.factories import three_fjords

# Aga hosts Bru and Dal; Eid hosts Fet; Gol alone
PLAN = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005"], "0006": []})


def changed(instance: Instance, **columns: object) -> Instance:
    return replace(instance, municipalities=instance.municipalities.assign(**columns))


def test_terms_by_hand() -> None:
    terms = terms_of(three_fjords(), PLAN)
    # Bru 1000 x 20, Dal 2000 x 50, Fet 500 x 40 minutes, over 12 000 inhabitants
    assert terms["travel"] == pytest.approx(140_000 / 12_000)
    # Bru 2 x 20, Dal 4 x 50, Fet 1 x 40, over 24 FTE
    assert terms["staff"] == pytest.approx(280 / 24)
    # 400 cross a border today; Dal-Eid 150, Fet-Gol 40 and Gol-Eid 60 between groups
    assert terms["severed"] == pytest.approx(100 * 250 / 400)
    assert terms["office"] == 3
    # Dal and Aga are in Vest, Fet and Eid in Øst: nobody is outside
    assert terms["council"] == 0
    assert terms["change"] == pytest.approx(100 * (1000 + 2000 + 500) / 12_000)
    assert tuple(terms) == TERMS


def test_objective_weighs_terms_and_leaves_out_those_without_weight() -> None:
    terms = terms_of(three_fjords(), PLAN)
    weights = Weights(travel=2, severed=0.1, office=0.5)
    expected = 2 * 140 / 12 + 0.1 * 62.5 + 0.5 * 3
    assert objective_of(terms, weights) == pytest.approx(expected)
    assert objective_of({**terms, "staff": float("inf")}, weights) == pytest.approx(expected)


def test_council_counts_those_whose_host_is_in_another_one_or_in_none() -> None:
    instance = three_fjords()
    across = Plan.from_groups({"0004": ["0003"], "0001": ["0002"], "0005": ["0006"]})
    assert terms_of(instance, across)["council"] == pytest.approx(100 * 2000 / 12_000)
    unknown = instance.municipalities["regional_council"].mask(lambda area: area == "Øst")
    # Gol's host Fet is in no known council; hosts themselves are never outside
    outside = terms_of(changed(instance, regional_council=unknown), across)["council"]
    assert outside == pytest.approx(100 * (2000 + 1500) / 12_000)


def test_terms_without_anybody_to_count_are_zero() -> None:
    instance = changed(three_fjords(), population=0, fte=0.0)
    terms = terms_of(replace(instance, commuters=instance.commuters * 0), PLAN)
    assert terms == {**dict.fromkeys(TERMS, 0.0), "office": 3.0}


def test_those_who_cannot_be_reached_cost_nothing_only_if_nobody_lives_there() -> None:
    instance = three_fjords()
    minutes = instance.travel.minutes.copy()
    minutes.loc["0002", "0001"] = np.inf
    cut_off = replace(instance, travel=replace(instance.travel, minutes=minutes))
    assert terms_of(cut_off, PLAN)["travel"] == np.inf
    empty = instance.municipalities["population"].where(instance.municipalities.index != "0002", 0)
    assert terms_of(changed(cut_off, population=empty), PLAN)["travel"] == pytest.approx(120 / 11)


def test_weighted_tables_sum_to_the_objective() -> None:
    instance = three_fjords()
    weights = Weights(travel=1, severed=0.1, office=0.2, staff=0.3, council=0.05, change=0.02)
    cost, severed = term_tables(instance).weighted(weights)
    host = host_positions(instance, PLAN)
    apart = host[:, None] != host[None, :]
    total = cost[np.arange(6), host].sum() + severed[apart].sum() / 2
    assert total == pytest.approx(objective_of(terms_of(instance, PLAN), weights))


@pytest.mark.parametrize(("column", "value"), [("population", -1), ("fte", np.nan)])
def test_missing_and_negative_figures_are_refused(column: str, value: float) -> None:
    with pytest.raises(PlannerError, match=f"{column}: figures are missing or negative"):
        term_tables(changed(three_fjords(), **{column: value}))


def test_plan_of_another_region_is_refused() -> None:
    with pytest.raises(LabelMismatchError, match="every municipality"):
        terms_of(three_fjords(), Plan({"0001": "0001"}))


def test_same_area_puts_those_without_one_beside_nobody() -> None:
    same = same_area(pd.Series(["a", None, "a", None]))
    assert same.tolist() == [
        [True, False, True, False],
        [False, True, False, False],
        [True, False, True, False],
        [False, False, False, True],
    ]
