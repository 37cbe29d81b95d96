from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from planner.errors import LabelMismatchError, PlannerError
from planner.model.labour_market import adjusted_rand_index, labour_market_regions

CODES = list("ABCDE")


def square(rows: list[list[float]], codes: list[str] = CODES) -> pd.DataFrame:
    codes = codes[: len(rows)]
    return pd.DataFrame(rows, index=codes, columns=codes, dtype=float)


#: A is a town; B commutes there, C to B, D a little to A; E has no way out.
COMMUTERS = square(
    [
        [4900, 50, 20, 20, 0],
        [200, 700, 50, 10, 0],
        [30, 150, 300, 0, 0],
        [60, 0, 0, 900, 0],
        [0, 0, 0, 0, 100],
    ]
)
EMPLOYED = pd.Series([5000.0, 1000, 500, 1000, 100], index=CODES)
MINUTES = square(
    [
        [0, 30, 60, 50, np.inf],
        [30, 0, 30, 80, np.inf],
        [60, 30, 0, 99, np.inf],
        [50, 80, 99, 0, np.inf],
        [np.inf, np.inf, np.inf, np.inf, 0],
    ]
)


def regions(least_share: float = 0.1, max_minutes: float = 75) -> dict[str, str]:
    return dict(
        labour_market_regions(
            COMMUTERS, EMPLOYED, MINUTES, least_share=least_share, max_minutes=max_minutes
        )
    )


def test_by_hand() -> None:
    """C joins B (30 %); together they send 230 of 1500 (15 %) to A; D sends 6 %."""
    assert regions() == {"A": "A", "B": "A", "C": "A", "D": "D", "E": "E"}


def test_a_smaller_share_joins_more() -> None:
    assert regions(least_share=0.05)["D"] == "A"


def test_a_share_just_reached_is_enough() -> None:
    assert regions(least_share=0.06)["D"] == "A"
    assert regions(least_share=0.0601)["D"] == "D"


def test_nobody_is_further_from_the_centre_than_the_limit() -> None:
    """C is 60 minutes from A: with 45 as the limit, B with C cannot join A."""
    assert regions(max_minutes=45) == {"A": "A", "B": "B", "C": "B", "D": "D", "E": "E"}


def test_a_way_as_long_as_the_limit_is_near_enough() -> None:
    """C is 30 minutes from B."""
    assert regions(max_minutes=30)["C"] == "B"
    assert regions(max_minutes=29.99)["C"] == "C"


def test_no_way_no_region() -> None:
    commuters = COMMUTERS.copy()
    commuters.loc["E", "A"] = 90
    found = labour_market_regions(commuters, EMPLOYED, MINUTES, least_share=0.1, max_minutes=1e9)
    assert found["E"] == "E"


def test_the_centre_is_where_people_go_not_the_first_in_the_list() -> None:
    turned = CODES[::-1]
    found = labour_market_regions(
        COMMUTERS.loc[turned, turned],
        EMPLOYED[turned],
        MINUTES.loc[turned, turned],
        least_share=0.1,
        max_minutes=75,
    )
    assert list(found.index) == turned
    assert dict(found) == regions()


def test_equal_shares_go_the_shorter_way() -> None:
    commuters = square([[80, 10, 10], [0, 100, 0], [0, 0, 100]])
    employed = pd.Series([100.0, 100, 100], index=CODES[:3])
    minutes = square([[0, 40, 30], [40, 0, 70], [30, 70, 0]])
    found = labour_market_regions(commuters, employed, minutes, least_share=0.1, max_minutes=75)
    assert dict(found) == {"A": "C", "B": "B", "C": "C"}


def test_nobody_employed_joins_nobody() -> None:
    commuters = square([[0, 0], [0, 5]])
    found = labour_market_regions(
        commuters,
        pd.Series([0.0, 5.0], index=CODES[:2]),
        square([[0, 5], [5, 0]]),
        least_share=0.1,
        max_minutes=75,
    )
    assert dict(found) == {"A": "A", "B": "B"}


@pytest.mark.parametrize("share", [0.0, -0.1, 1.1, float("nan")])
def test_shares_that_cannot_be(share: float) -> None:
    with pytest.raises(PlannerError, match="least out-commuting share"):
        regions(least_share=share)


def test_labels_in_another_order_are_refused() -> None:
    with pytest.raises(LabelMismatchError):
        labour_market_regions(
            COMMUTERS, EMPLOYED.iloc[::-1], MINUTES, least_share=0.1, max_minutes=75
        )


# Agreement of two partitions


def groups(text: str) -> pd.Series[str]:
    return pd.Series(list(text))


@pytest.mark.parametrize(
    ("one", "other", "index"),
    [
        ("aabbcc", "xxyyzz", 1.0),
        ("abcdef", "uvwxyz", 1.0),
        ("aaaaaa", "xxxxxx", 1.0),
        ("aaaaaa", "uvwxyz", 0.0),
        # Hubert and Arabie's formula by hand: 2 pairs agree of 6 and 3; (2 - 18/15)/(4.5 - 18/15).
        ("aaabbb", "xxyyzz", (2 - 18 / 15) / (4.5 - 18 / 15)),
        ("a", "x", 1.0),
    ],
)
def test_adjusted_rand_index_by_hand(one: str, other: str, index: float) -> None:
    assert adjusted_rand_index(groups(one), groups(other)) == pytest.approx(index)
    assert adjusted_rand_index(groups(other), groups(one)) == pytest.approx(index)


def test_adjusted_rand_index_by_counting_pairs() -> None:
    """The same index from the four kinds of pairs, each counted by itself."""
    rng = np.random.default_rng(1)
    for size in (2, 7, 30):
        one, other = (pd.Series(rng.integers(0, 4, size).astype(str)) for _ in range(2))
        kinds = Counter(
            (one[i] == one[j], other[i] == other[j]) for i, j in combinations(range(size), 2)
        )
        both, first, second, none = (
            kinds[kind] for kind in ((True, True), (True, False), (False, True), (False, False))
        )
        least = (both + first) * (first + none) + (both + second) * (second + none)
        expected = 2 * (both * none - first * second) / least if least else 1.0
        assert adjusted_rand_index(one, other) == pytest.approx(expected)


def test_partitions_of_different_municipalities_are_refused() -> None:
    with pytest.raises(LabelMismatchError):
        adjusted_rand_index(groups("ab"), groups("ab").iloc[::-1])
