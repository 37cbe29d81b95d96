"""Names on a map: each beside its mark, or further off with a line to it, and on nothing else."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]
#: Left, top, right, bottom, pixels.
Box = tuple[float, float, float, float]
LETTER_EM, BOLD, LINE_EM = 0.56, 1.08, 1.15  # mean width of a letter; how much wider bold is
HALO_PX = 2.0  # around letters, where nothing else stands
GAP_PX = 3.5  # from a mark to its name; no other mark is as near, unless a line tells whose it is
LEADERS_PX = (20.0, 30.0, 42.0, 56.0, 72.0, 90.0, 110.0, 132.0, 156.0)  # lengths that are tried
DIRECTIONS = 32
UPRIGHT = 0.3  # cosine of a leader under or over whose end the label stands
STEP_PX = 3.0  # a leader is taken as so many small boxes


@dataclass(frozen=True)
class Label:
    """Lines that belong to a point, the first of them bold or not; pixels."""

    point: Point
    lines: tuple[str, ...]
    size_px: float
    bold: bool
    mark_px: float  # radius of what is drawn at the point


@dataclass(frozen=True)
class Spot:
    """Where a label stands: the x of its anchor, its upper edge, and a line to its point."""

    x: float
    top: float
    anchor: Anchor
    leader: tuple[Point, Point] | None = None


def placed(
    labels: Iterable[Label], taken: Iterable[Box], width_px: float, height_px: float
) -> Iterator[tuple[Label, Spot]]:
    """Yield labels with their spots, in order; those that find none are left out.

    All marks are obstacles, also those of labels that come later.

    Parameters
    ----------
    labels : those that matter most first.
    taken : further boxes that no label may cover.
    width_px, height_px : of the paper, from 0.
    """
    labels = list(labels)
    marks = [_square(label.point, label.mark_px) for label in labels]
    boxes = list(taken)
    for place, label in enumerate(labels):
        others = [*boxes, *marks[:place], *marks[place + 1 :]]
        beside = [*boxes, *(_wider(mark, GAP_PX) for mark in others[len(boxes) :])]
        for spot, box in _spots(label):
            letters, line = _wider(box, HALO_PX), _along(spot.leader)
            if (
                min(box[:2]) >= 0
                and box[2] <= width_px
                and box[3] <= height_px
                and _free([letters, *line], others if spot.leader else beside)
            ):
                boxes += [letters, *line]
                yield label, spot
                break


def _spots(label: Label) -> Iterator[tuple[Spot, Box]]:
    """Yield right, left, above, below, the corners, and then ever further away."""
    x, y = label.point
    letters = max(len(line) for line in label.lines)
    width = letters * label.size_px * LETTER_EM * (BOLD if label.bold else 1)
    height = label.size_px * LINE_EM * len(label.lines)
    off = label.mark_px + GAP_PX
    slant = off * 0.75
    near = [
        Spot(x + off, y - height / 2, "start"),
        Spot(x - off, y - height / 2, "end"),
        Spot(x, y - off - height, "middle"),
        Spot(x, y + off, "middle"),
        *(
            Spot(x + side * slant, top, "start" if side > 0 else "end")
            for top in (y - slant - height, y + slant)
            for side in (1, -1)
        ),
    ]
    for spot in [*near, *_far(label, height)]:
        left = spot.x - {"start": 0.0, "middle": width / 2, "end": width}[spot.anchor]
        yield spot, (left, spot.top, left + width, spot.top + height)


def _far(label: Label, height: float) -> Iterator[Spot]:
    x, y = label.point
    for length in LEADERS_PX:
        for turn in range(DIRECTIONS):
            angle = math.tau * turn / DIRECTIONS
            right, down = round(math.cos(angle), 6), round(math.sin(angle), 6)
            end = x + length * right, y + length * down
            start = x + label.mark_px * right, y + label.mark_px * down
            upright = abs(right) < UPRIGHT
            anchor: Anchor = "middle" if upright else "start" if right > 0 else "end"
            beside = {"start": 3.0, "middle": 0.0, "end": -3.0}[anchor]
            top = end[1] - height / 2 + (down * height / 2 if upright else 0)
            yield Spot(end[0] + beside, top, anchor, (start, end))


def _along(leader: tuple[Point, Point] | None) -> list[Box]:
    """Cover a leader by small boxes, so that nothing is written over it."""
    if leader is None:
        return []
    (x, y), (end_x, end_y) = leader
    count = max(int(math.hypot(end_x - x, end_y - y) / STEP_PX), 1)
    shares = [step / count for step in range(count + 1)]
    return [_square((x + (end_x - x) * one, y + (end_y - y) * one), 1.0) for one in shares]


def _square(point: Point, half: float) -> Box:
    return point[0] - half, point[1] - half, point[0] + half, point[1] + half


def _wider(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _free(boxes: Iterable[Box], taken: Collection[Box]) -> bool:
    return not any(
        one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
        for one in boxes
        for other in taken
    )
