"""Names on a page's map: in their place at every zoom."""

import pytest

from planner.pipeline.run_scenario import run
from planner.present.maps.drawing import Drawing, plan_drawing
from planner.present.maps.ground import region_ground
from planner.present.maps.page_labels import LEVELS, Place, first_zoom, page_spots
from planner.scenario.load import load_scenario
from tests.support.data import DATA
from tests.support.paths import SCENARIOS


@pytest.fixture(scope="module")
def drawing() -> Drawing:
    result = run(load_scenario(SCENARIOS / "nordland" / "tjenesteomrader-2018.yaml"))
    assert result.plan is not None
    return plan_drawing(result.instance, result.plan)


@pytest.fixture(scope="module")
def places(drawing: Drawing) -> dict[str, Place]:
    spots = region_ground(DATA, drawing.codes).centres.to_crs(4326)
    return dict(zip(drawing.codes, zip(spots.y, spots.x, strict=True), strict=True))


def test_every_host_is_named_at_every_zoom_and_all_are_when_near(
    drawing: Drawing, places: dict[str, Place]
) -> None:
    found = page_spots(drawing, places, ())
    assert set(found) == set(drawing.labels)
    assert all(len(spots) == LEVELS for spots in found.values())
    assert all(spot is not None for host in drawing.hosts for spot in found[host][1:])
    assert all(spots[-1] is not None for spots in found.values())


def test_names_stand_beside_their_marks_or_have_a_line_to_them(
    drawing: Drawing, places: dict[str, Place]
) -> None:
    told = [spot for spots in page_spots(drawing, places, ()).values() for spot in spots if spot]
    assert {len(spot) for spot in told} == {3, 7}
    for spot in told:
        is_far = max(abs(spot[0]), abs(spot[1])) > 40
        assert len(spot) == 7 or not is_far


def test_the_towns_alone_are_named_while_a_country_is_seen_whole(
    drawing: Drawing, places: dict[str, Place]
) -> None:
    found = page_spots(drawing, places, ("1804",))
    assert {code for code, spots in found.items() if spots[0]} == {"1804"}
    assert all(spots[-1] for spots in found.values())


def test_a_small_region_begins_nearer(places: dict[str, Place]) -> None:
    small = [places["1811"], places["1812"]]
    assert first_zoom(small) > first_zoom(list(places.values())) >= 3
