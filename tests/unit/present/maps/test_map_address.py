"""Views of maps in addresses."""

import math

import pytest

from planner.present.maps.map_address import View, read_view, write_view


def test_the_middle_of_zone_33_is_500_km_east() -> None:
    view = read_view("60.0000,15.0000,8.00")
    assert view is not None
    assert view.east_m == pytest.approx(500_000, abs=1)
    # Length of the meridian from the equator to 60 degrees (WGS 84) times 0.9996.
    assert view.north_m == pytest.approx(6_654_072.8 * 0.9996, abs=100)


def test_zoom_is_that_of_web_maps() -> None:
    """256 pixels show the equator at zoom 0; a parallel at 60 degrees is half as long."""
    view = read_view("60,15,0.0")
    assert view is None  # no map of ours shows the whole globe
    near = read_view("60,15,8")
    assert near is not None
    assert near.metres_per_px == pytest.approx(math.tau * 6_378_137 / 256 / 2 / 2**8, rel=1e-4)


def test_there_and_back() -> None:
    written = write_view(View(160_000.0, 6_740_000.0, 100.0))
    read = read_view(written)
    assert read is not None
    assert read.east_m == pytest.approx(160_000, abs=10)
    assert read.north_m == pytest.approx(6_740_000, abs=10)
    assert read.metres_per_px == pytest.approx(100, rel=0.01)
    assert write_view(read) == written


@pytest.mark.parametrize(
    "written",
    ["", "nan,8,9", "inf,8,9", "60,8", "60,8,9,1", "0,0,9", "60.7,8.9,99", "<script>", "1e999,8,9"],
)
def test_what_is_no_view_of_norway(written: str) -> None:
    assert read_view(written) is None


@pytest.mark.parametrize(
    "view",
    [
        View(math.nan, 6.7e6, 100),
        View(1e12, 1e12, 100),
        View(1.6e5, 6.7e6, 0),
        View(1.6e5, 6.7e6, -1),
        View(1.6e5, 6.7e6, math.inf),
        View(5e5, 0, 100),
    ],
)
def test_views_that_an_address_cannot_hold(view: View) -> None:
    assert write_view(view) == ""
