from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from planner.model.inhabitants import Inhabitants, in_order

CODES = ["0001", "0002"]
#: Aga: a village at the office, a hamlet 20 minutes off, a tenth of the people on an island.
HOME = ["0001", "0002", "0001", "0001", "0002"]
SHARE = np.array([0.6, 1.0, 0.3, 0.1, 0.0])
MINUTES = np.array([[2.0, 30.0], [30.0, 5.0], [20.0, 48.0], [np.inf, np.inf], [9.0, 9.0]])


@pytest.fixture
def people() -> Inhabitants:
    return in_order(CODES, HOME, SHARE, MINUTES)


def test_points_stand_together_and_empty_ones_are_left_out(people: Inhabitants) -> None:
    assert people.home.tolist() == [0, 0, 0, 1]
    assert people.share.tolist() == [0.6, 0.3, 0.1, 1.0]
    assert people.points == (slice(0, 3), slice(3, 4))


def test_means_are_of_those_who_have_a_way(people: Inhabitants) -> None:
    to_own = (0.6 * 2 + 0.3 * 20) / 0.9
    np.testing.assert_allclose(people.mean, [[to_own, 36.0], [30.0, 5.0]])
    np.testing.assert_allclose(people.means(people.minutes[:, 0]), [to_own, 30.0])


def test_nobody_with_a_way_is_infinite() -> None:
    cut = in_order(CODES, ["0001", "0002"], np.ones(2), np.array([[1.0, np.inf], [np.inf, 2.0]]))
    assert cut.mean.tolist() == [[1.0, np.inf], [np.inf, 2.0]]
    assert cut.means(cut.minutes[:, 0]).tolist() == [1.0, np.inf]


def test_nine_of_ten_reach_the_office_within_p90(people: Inhabitants) -> None:
    assert people.p90.tolist() == [[20.0, 48.0], [30.0, 5.0]]
    own = people.points[0]
    for share, minutes in ((0.5, 2.0), (0.6, 2.0), (0.61, 20.0), (0.9, 20.0), (1.0, np.inf)):
        assert people.covering(people.minutes[own, 0], own, share) == minutes


def test_a_region_keeps_its_people_and_offices_in_the_order_asked_for(people: Inhabitants) -> None:
    turned = people.among(["0002", "0001"])
    assert turned.codes == ("0002", "0001")
    np.testing.assert_allclose(turned.mean, people.mean[::-1, ::-1])
    alone = people.among(["0001"])
    assert (alone.home.tolist(), alone.minutes.shape) == ([0, 0, 0], (3, 1))


def test_people_at_the_centres_have_the_ways_of_the_centres() -> None:
    minutes = pd.DataFrame([[0.0, 7.0], [7.0, 0.0]], CODES, CODES)
    people = Inhabitants.at_centres(minutes)
    assert people.mean.tolist() == people.p90.tolist() == minutes.to_numpy().tolist()
