"""Names on a page's map: at every zoom each has the spot that the placer of pictures gives it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from planner.present.maps.drawing import Drawing
from planner.present.maps.labels import Anchor, Label, Point, Spot, placed
from planner.present.maps.legend import DOT_PX, MARK_LINE_PX, RING_PX

#: Latitude and longitude, degrees.
Place = tuple[float, float]
#: Left and top of the name from its mark, pixels; how much of its width to move it, per cent; and
#: both ends of a line to it, if it has one.
PageSpot = tuple[float, ...]
WORLD_PX = 256.0  # at zoom 0
USUAL_PX = (900.0, 650.0)  # of the map's frame
LEVELS = 5  # zooms with spots of their own: one below that at which the region fits, and further
LETTER_PX = {True: 14.0, False: 12.0}  # of hosts, and of members
MARGIN_PX = 200.0  # that names may reach beyond the marks
MOVED: Mapping[Anchor, float] = {"start": 0.0, "middle": -50.0, "end": -100.0}


def first_zoom(places: Sequence[Place]) -> int:
    """Return the zoom from which names have spots: one step out from where all places fit."""
    points = [_point(place, 0) for place in places]
    sides = [max(side) - min(side) for side in zip(*points, strict=True)]
    fits = min(
        math.log2(room / max(side, 1e-9)) for room, side in zip(USUAL_PX, sides, strict=True)
    )
    return max(math.floor(fits) - 1, 3)


def page_spots(
    drawing: Drawing, places: Mapping[str, Place], towns: Sequence[str]
) -> dict[str, list[PageSpot | None]]:
    """Find a spot for every name at every zoom from `first_zoom`; None where it has no room.

    Parameters
    ----------
    places : code -> where its mark stands.
    towns : of a map of the country, which alone are named while it is seen whole.
    """
    first = first_zoom(list(places.values()))
    found: dict[str, list[PageSpot | None]] = {code: [] for code in drawing.labels}
    for level in range(LEVELS):
        is_whole = bool(towns) and level < LEVELS - 1
        named = [code for code in (towns if is_whole else drawing.labels) if code in found]
        points = {code: _point(places[code], first + level) for code in named}
        spots = _spots(drawing, points)
        for code, own in found.items():
            own.append(spots.get(code))
    return found


def _spots(drawing: Drawing, points: Mapping[str, Point]) -> dict[str, PageSpot]:
    west, north = (min(side) - MARGIN_PX for side in zip(*points.values(), strict=True))
    east, south = (max(side) + MARGIN_PX for side in zip(*points.values(), strict=True))
    labels = {}
    for code, (x, y) in points.items():
        is_host = code in drawing.hosts
        radius = RING_PX * drawing.sizes.get(code, 1.0) if is_host else DOT_PX
        words, size_px = drawing.labels[code][:1], LETTER_PX[is_host]
        point = x - west, y - north
        labels[Label(point, words, size_px, is_host, radius + MARK_LINE_PX)] = code
    return {
        labels[label]: _from_mark(label, spot)
        for label, spot in placed(labels, (), east - west, south - north)
    }


def _from_mark(label: Label, spot: Spot) -> PageSpot:
    x, y = label.point
    line = [(end_x - x, end_y - y) for end_x, end_y in spot.leader or ()]
    name = (spot.x - x, spot.top - y, MOVED[spot.anchor])
    return tuple(round(number, 1) for number in (*name, *(one for end in line for one in end)))


def _point(place: Place, zoom: int) -> Point:
    """Return where a place lies on a web map of the world, pixels east and south."""
    latitude, longitude = (math.radians(degrees) for degrees in place)
    world = WORLD_PX * 2**zoom
    south = (1 - math.asinh(math.tan(latitude)) / math.pi) / 2
    return (longitude / math.tau + 0.5) * world, south * world
