"""Where in the country a region is: a stamp in the emptiest corner of a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planner.present.maps.colours import BORDER, HALO, INK, OUTSIDE
from planner.present.maps.ground import Ground
from planner.present.maps.labels import Box

HEIGHT_PX, INSET_PX, EDGE_PX = 78.0, 4.0, 6.0
LEAST_PX = 4.0  # of the frame around a region


@dataclass(frozen=True)
class Locator:
    """The stamp as SVG, and the box that it fills."""

    svg: str
    box: Box


def locator(
    ground: Ground, land: npt.NDArray[np.float64], width_px: float, height_px: float
) -> Locator | None:
    """Draw the country with a frame around the region.

    Parameters
    ----------
    land : (m, 2) points of the region on the picture, pixels.
    width_px, height_px : of the picture.

    Returns
    -------
    None for a map of the country, and where the region leaves no corner free.
    """
    rings = ground.rings_of_norway
    if not rings:
        return None
    points = np.concatenate(rings)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = (HEIGHT_PX - 2 * INSET_PX) / float((high - low)[1])
    width = float((high - low)[0]) * scale + 2 * INSET_PX
    free = (box for box in _corners(width, width_px, height_px) if not _any_inside(land, box))
    box = next(free, None)
    if box is None:
        return None
    path = "".join(_path((ring - low) * scale + INSET_PX) for ring in rings)
    x, y = (INSET_PX - low * scale).round(1).tolist()
    across, down = np.maximum(ground.size * scale, LEAST_PX).round(1).tolist()
    svg = (
        f'<g transform="translate({box[0]:g} {box[1]:g})"><rect width="{width:.1f}" '
        f'height="{HEIGHT_PX:g}" fill="{HALO}" fill-opacity="0.7"/><path d="{path}" '
        f'fill="{OUTSIDE}" stroke="{BORDER}" stroke-width="0.6"/><rect x="{x:g}" y="{y:g}" '
        f'width="{across:g}" height="{down:g}" fill="none" stroke="{INK}" stroke-width="1.4"/></g>'
    )
    return Locator(svg, box)


def _corners(width: float, width_px: float, height_px: float) -> Iterator[Box]:
    """Yield the corners, first those that nothing else stands in."""
    right, bottom = width_px - width - EDGE_PX, height_px - HEIGHT_PX - EDGE_PX
    for left, top in ((EDGE_PX, EDGE_PX), (right, EDGE_PX), (EDGE_PX, bottom)):
        yield left, top, left + width, top + HEIGHT_PX


def _any_inside(land: npt.NDArray[np.float64], box: Box) -> bool:
    inside = (land >= box[:2]).all(axis=1) & (land <= box[2:]).all(axis=1)
    return bool(inside.any())


def _path(points: npt.NDArray[np.float64]) -> str:
    return f"M{' '.join(f'{x:.1f},{y:.1f}' for x, y in points.tolist())}Z"
