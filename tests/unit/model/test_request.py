from __future__ import annotations

from dataclasses import replace
from math import inf, nan

import pytest

from planner.errors import DataError
from planner.model.request import Range, Request
from planner.model.weights import Weights


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"fte": Range(min=nan)}, "request  min_fte: nan"),
        ({"offices": Range(max=-1)}, "request  offices.max: -1"),
        ({"max_travel_min": inf}, "request  max_travel_minutes: inf"),
        ({"time_limit_s": nan}, "request  time_limit_s: nan"),
        ({"relative_gap": -1.0}, "request  relative_gap: -1.0"),
        ({"terms_at_most": (("travel", nan),)}, "request  terms_at_most.travel: nan"),
        ({"weights": Weights.model_construct(travel=nan)}, "request  weights.travel: nan"),
        ({"weights": Weights.model_construct(severed=inf)}, "request  weights.severed: inf"),
    ],
)
def test_a_figure_that_is_none_is_refused_with_its_name(
    wrong: dict[str, object], said: str
) -> None:
    with pytest.raises(DataError, match=said):
        replace(Request(), **wrong)


def test_all_wrong_figures_are_told_at_once() -> None:
    with pytest.raises(DataError) as caught:
        Request(fte=Range(nan, -2.0))
    assert [fault.key for fault in caught.value.faults] == ["max_fte", "min_fte"]
