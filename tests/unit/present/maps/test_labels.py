"""Names on a map never cover each other, nor what is taken, nor leave the paper."""

from hypothesis import given
from hypothesis import strategies as st

from planner.present.maps.labels import BOLD, LETTER_EM, LINE_EM, Box, Label, Spot, placed

WIDTH_PX, HEIGHT_PX = 300.0, 200.0
points = st.tuples(st.floats(0, WIDTH_PX), st.floats(0, HEIGHT_PX))
labels = st.builds(
    Label,
    points,
    st.lists(st.text("abcå", min_size=1, max_size=12), min_size=1, max_size=2).map(tuple),
    st.sampled_from([10.0, 13.0]),
    st.booleans(),
)


def box(label: Label, spot: Spot) -> Box:
    width = max(map(len, label.lines)) * label.size_px * LETTER_EM * (BOLD if label.bold else 1)
    left = spot.x - {"start": 0, "middle": width / 2, "end": width}[spot.anchor]
    return left, spot.top, left + width, spot.top + label.size_px * LINE_EM * len(label.lines)


def apart(one: Box, other: Box) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@given(st.lists(labels, max_size=12))
def test_labels_are_apart_and_on_the_paper(wanted: list[Label]) -> None:
    mark = (100.0, 80.0, 114.0, 94.0)
    boxes = [mark]
    for label, spot in placed(wanted, [mark], WIDTH_PX, HEIGHT_PX):
        own = box(label, spot)
        assert own[0] >= 0
        assert own[1] >= 0
        assert own[2] <= WIDTH_PX
        assert own[3] <= HEIGHT_PX
        assert all(apart(own, other) for other in boxes)
        boxes.append(own)


def test_a_lone_name_stands_to_the_right() -> None:
    label = Label((50.0, 50.0), ("Gol",), 10.0, bold=False)
    ((found, spot),) = placed([label], [], WIDTH_PX, HEIGHT_PX)
    assert found is label
    assert (spot.x, spot.anchor) == (59.0, "start")


def test_a_name_without_room_is_left_out() -> None:
    label = Label((5.0, 5.0), ("x" * 80,), 13.0, bold=False)
    assert list(placed([label], [], WIDTH_PX, HEIGHT_PX)) == []
