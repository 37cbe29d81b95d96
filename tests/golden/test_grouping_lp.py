"""One LP file per family of constraints, to be read by people and reviewed when it changes.

`KONTORPLAN_WRITE_GOLDEN=1 pytest tests/golden` writes them anew.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from planner.model.request import Range, Request
from planner.model.weights import Weights
from planner.optimise.grouping.build import build_problem
from planner.optimise.grouping.constraints import FAMILIES
from planner.optimise.grouping.cuts.contiguity import broken_cuts
from planner.optimise.grouping.cuts.cover import Cover
from planner.optimise.grouping.cuts.region import RegionCut, region_rows
from planner.optimise.grouping.formulation import formulate
from planner.optimise.grouping.problem import Problem
from planner.optimise.solver.program import Rows
from planner.optimise.solver.pulp_backend import write_lp
from tests.support.factories import three_fjords

FOLDER = Path(__file__).parent / "grouping"

#: Least 8 FTE within 55 minutes of travel, all terms but those with extra variables.
PLAIN = Request(
    weights=Weights(travel=1, severed=0, office=0.5, staff=0.1, council=0.05, change=0.02),
    fte=Range(min=8, max=16),
    max_travel_min=55,
)

REQUESTS = {
    "assignment": PLAIN,
    "open_host": PLAIN,
    "offices": replace(PLAIN, offices=Range(min=2, max=3)),
    "least_size": PLAIN,
    "largest_size": PLAIN,
    "ceilings": replace(PLAIN, terms_at_most=(("travel", 15.0), ("severed", 40.0))),
    "exemptions": PLAIN,
    "together": replace(PLAIN, together=(frozenset({"0002", "0003"}),)),
    "apart": replace(PLAIN, apart=(frozenset({"0001", "0003"}),)),
    "fixed_hosts": replace(PLAIN, hosts_fixed=frozenset({"0003"})),
    "differing": PLAIN,
    "shared_commuters": replace(PLAIN, weights=Weights(severed=0.1)),
}
TODAY = np.arange(6, dtype=np.int64)


def problem_of(request: Request) -> Problem:
    problem = build_problem(three_fjords(), request)
    return replace(problem, most_exempt=1, differ_from=((TODAY, 2),))


def golden(name: str, text: str) -> str:
    path = FOLDER / f"{name}.lp"
    if os.environ.get("KONTORPLAN_WRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return path.read_text(encoding="utf-8")


def lp_of(request: Request, rows_of: object) -> str:
    formulation = formulate(problem_of(request))
    rows: Rows = rows_of(formulation.problem, formulation.columns)
    assert len(rows)
    return write_lp(replace(formulation.program, rows=rows))


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_family_is_as_reviewed(family: object) -> None:
    text = lp_of(REQUESTS[family.__name__], family)
    assert text == golden(family.__name__, text)


def test_cuts_are_as_reviewed() -> None:
    formulation = formulate(problem_of(PLAIN))
    broken = broken_cuts(formulation.problem, np.array([0, 1, 0, 3, 4, 5]))
    rows = formulation.cut_rows(broken, (Cover(3, (2,)),), ())
    text = write_lp(replace(formulation.program, rows=rows))
    assert text == golden("cuts", text)


def test_region_cuts_are_as_reviewed() -> None:
    request = replace(PLAIN, fte=Range(min=9), exempt="minimise")
    text = lp_of(request, lambda *of: region_rows(*of, [RegionCut("fte", (0, 1, 2, 3))]))
    assert text == golden("region_cuts", text)


def test_every_family_has_a_file_and_every_file_a_family() -> None:
    assert set(REQUESTS) == {family.__name__ for family in FAMILIES}
    files = {path.stem for path in FOLDER.glob("*.lp")}
    assert files == {*REQUESTS, "cuts", "region_cuts"}
