"""Names on a map: each on the first free side of its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Anchor = Literal["start", "middle", "end"]
#: Left, top, right, bottom, pixels.
Box = tuple[float, float, float, float]
LETTER_EM, BOLD, LINE_EM = 0.56, 1.08, 1.15  # mean width of a letter; how much wider bold is


@dataclass(frozen=True)
class Label:
    """Lines that belong to a point, the first of them bold or not; pixels."""

    point: tuple[float, float]
    lines: tuple[str, ...]
    size_px: float
    bold: bool


@dataclass(frozen=True)
class Spot:
    """Where a label stands: the x of its anchor, and its upper edge, pixels."""

    x: float
    top: float
    anchor: Anchor


def placed(
    labels: Iterable[Label], taken: Iterable[Box], width_px: float, height_px: float
) -> Iterator[tuple[Label, Spot]]:
    """Yield labels with their spots, in order; those that find none are left out.

    Parameters
    ----------
    labels : those that matter most first.
    taken : boxes that no label may cover.
    width_px, height_px : of the paper, from 0.
    """
    boxes = list(taken)
    for label in labels:
        for spot, box in _spots(label):
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= width_px and box[3] <= height_px
            if inside and not any(_overlap(box, other) for other in boxes):
                boxes.append(box)
                yield label, spot
                break


def _spots(label: Label) -> Iterator[tuple[Spot, Box]]:
    """Yield right, left, above, below, and the four corners."""
    x, y = label.point
    letters = max(len(line) for line in label.lines)
    width = letters * label.size_px * LETTER_EM * (BOLD if label.bold else 1)
    height = label.size_px * LINE_EM * len(label.lines)
    for spot in (
        Spot(x + 9, y - height / 2, "start"),
        Spot(x - 9, y - height / 2, "end"),
        Spot(x, y - 8 - height, "middle"),
        Spot(x, y + 7, "middle"),
        *(
            Spot(x + side * 6, top, "start" if side > 0 else "end")
            for top in (y - 5 - height, y + 5)
            for side in (1, -1)
        ),
    ):
        left = spot.x - {"start": 0.0, "middle": width / 2, "end": width}[spot.anchor]
        yield spot, (left, spot.top, left + width, spot.top + height)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
