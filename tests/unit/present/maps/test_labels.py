"""Names on a map never cover each other, nor what is taken, nor leave the paper."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.present.maps.labels import BOLD, GAP_PX, LETTER_EM, LINE_EM, Box, Label, Spot, placed

WIDTH_PX, HEIGHT_PX = 300.0, 200.0
points = st.tuples(st.floats(0, WIDTH_PX), st.floats(0, HEIGHT_PX))
labels = st.builds(
    Label,
    points,
    st.lists(st.text("abcå", min_size=1, max_size=12), min_size=1, max_size=2).map(tuple),
    st.sampled_from([10.0, 13.0]),
    st.booleans(),
    st.sampled_from([3.0, 6.0]),
)


def box(label: Label, spot: Spot) -> Box:
    width = max(map(len, label.lines)) * label.size_px * LETTER_EM * (BOLD if label.bold else 1)
    left = spot.x - {"start": 0, "middle": width / 2, "end": width}[spot.anchor]
    return left, spot.top, left + width, spot.top + label.size_px * LINE_EM * len(label.lines)


def apart(one: Box, other: Box) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def ring(label: Label) -> Box:
    (x, y), half = label.point, label.mark_px
    return x - half, y - half, x + half, y + half


@given(st.lists(labels, max_size=12))
def test_labels_hide_nothing_and_stay_on_the_paper(wanted: list[Label]) -> None:
    mark = (100.0, 80.0, 114.0, 94.0)
    boxes = [mark]
    for label, spot in placed(wanted, [mark], WIDTH_PX, HEIGHT_PX):
        own = box(label, spot)
        assert own[0] >= 0
        assert own[1] >= 0
        assert own[2] <= WIDTH_PX
        assert own[3] <= HEIGHT_PX
        assert all(apart(own, other) for other in boxes)
        assert all(apart(own, ring(other)) for other in wanted if other is not label)
        boxes.append(own)


def test_a_lone_name_stands_to_the_right() -> None:
    label = Label((50.0, 50.0), ("Gol",), 10.0, bold=False, mark_px=4.0)
    ((found, spot),) = placed([label], [], WIDTH_PX, HEIGHT_PX)
    assert found is label
    assert (spot.x, spot.anchor, spot.leader) == (50 + 4 + GAP_PX, "start", None)


def test_a_name_without_room_beside_its_mark_has_a_line_to_it() -> None:
    wall = (20.0, 20.0, 80.0, 48.0), (20.0, 52.0, 80.0, 80.0), (20.0, 30.0, 44.0, 70.0)
    label = Label((50.0, 50.0), ("Gol",), 10.0, bold=False, mark_px=4.0)
    blocked = (*wall, (56.0, 30.0, 75.0, 49.0), (56.0, 51.5, 75.0, 70.0))
    ((_, spot),) = placed([label], blocked, WIDTH_PX, HEIGHT_PX)
    assert spot.leader is not None
    (start, end) = spot.leader
    assert math.dist(start, label.point) == pytest.approx(4)
    assert math.dist(end, label.point) > 20
    assert all(apart(box(label, spot), one) for one in blocked)


def test_a_name_is_nearest_to_its_own_mark() -> None:
    """Right of one mark is left of the next: a name between two would be anybody's."""
    one = Label((50.0, 50.0), ("Gol",), 10.0, bold=True, mark_px=5.0)
    width = 3 * 10 * LETTER_EM * BOLD
    other = Label((50 + 2 * (5 + GAP_PX) + width, 50.0), ("Ål",), 10.0, bold=False, mark_px=5.0)
    spots = dict(placed([one, other], [], WIDTH_PX, HEIGHT_PX))
    assert spots[one].anchor == "end"
    assert spots[other].anchor == "start"


def test_a_name_without_room_is_left_out() -> None:
    label = Label((5.0, 5.0), ("x" * 80,), 13.0, bold=False, mark_px=4.0)
    assert list(placed([label], [], WIDTH_PX, HEIGHT_PX)) == []
