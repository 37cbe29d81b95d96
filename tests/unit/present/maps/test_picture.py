"""Drawings as SVG."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from planner.io.tables.municipalities import read_municipalities
from planner.pipeline.run_scenario import run
from planner.present.maps.colours import INK
from planner.present.maps.drawing import (
    Drawing,
    municipality_drawing,
    plan_drawing,
)
from planner.present.maps.ground import region_ground
from planner.present.maps.legend import dot
from planner.present.maps.locator import locator
from planner.present.maps.picture import Picture, picture, poster
from planner.present.maps.thematic import category_drawing
from planner.present.report.formats.pdf import png
from planner.scenario.load import load_scenario
from tests.support.data import DATA
from tests.support.paths import SCENARIOS

DATA_CODES = dict(read_municipalities(DATA)["name"])
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawing() -> Drawing:
    result = run(load_scenario(SCENARIOS / "nordland" / "tjenesteomrader-2018.yaml"))
    assert result.plan is not None
    return plan_drawing(result.instance, result.plan)


def circles(drawn: Picture) -> list[tuple[float, float]]:
    found = ET.fromstring(drawn.svg).iter(f"{SVG}circle")  # noqa: S314 - made here
    return [(float(one.attrib["cx"]), float(one.attrib["cy"])) for one in found]


def words(drawn: Picture) -> list[str]:
    found = ET.fromstring(drawn.svg).iter(f"{SVG}text")  # noqa: S314 - made here
    return [str(one.text) for one in found]


def test_every_municipality_of_a_county_is_named_and_marked(drawing: Drawing) -> None:
    drawn = picture(drawing, "Nordland", DATA)
    names = {lines[0] for lines in drawing.labels.values()}
    assert names <= set(words(drawn))
    on_map = [spot for spot in circles(drawn) if spot[1] < 620]
    assert len(on_map) == len(drawing.codes)
    assert all(0 < x < drawn.width_px for x, _ in on_map)
    assert drawn.alternative == drawing.summary


def test_marks_are_drawn_over_names_and_hosts_over_members(drawing: Drawing) -> None:
    svg = picture(replace(drawing, legend=()), "Nordland", DATA).svg
    assert svg.rindex(drawing.attribution) > svg.rindex("<circle")
    assert svg.index("<circle") > svg.rindex('paint-order="stroke"')
    assert svg.rindex(f'fill="{INK}" stroke="{INK}"') < svg.index('fill="#ffffff" stroke')


def test_hosts_are_named_first_and_the_largest_of_them(drawing: Drawing) -> None:
    order = list(drawing.labels)
    assert order[: len(drawing.hosts)][0] == "1804"  # Bodø
    assert set(order[: len(drawing.hosts)]) == set(drawing.hosts)


def test_a_focus_shows_the_group_near(drawing: Drawing) -> None:
    result = run(load_scenario(SCENARIOS / "nordland" / "tjenesteomrader-2018.yaml"))
    assert result.plan is not None
    somna = municipality_drawing(result.instance, result.plan, "1812", "Sømna")
    assert somna.fills["1812"] == drawing.fills["1812"] == drawing.fills["1813"]
    assert list(somna.labels)[:2] == ["1812", "1813"]
    near = picture(somna, "Sømna", DATA)
    assert near.width_px < picture(drawing, "", DATA).width_px
    assert {"Sømna", "Brønnøy"} <= set(words(near))
    assert "Bodø" not in words(near)
    assert len(near.svg) < 25_000  # a page of a municipality holds one for every scenario
    assert all(0 < x < near.width_px and 0 < y < near.height_px for x, y in circles(near))


def test_countries_are_named_where_there_is_room(drawing: Drawing) -> None:
    assert "Sverige" in words(picture(drawing, "Nordland", DATA))
    inland = category_drawing(("3041",), {"3041": "a"}, {"a": "A"}, {"3041": "Gol"})
    assert set(words(picture(inland, "Gol", DATA))) == {"Gol", "A", inland.attribution}


def test_a_poster_says_what_it_shows_and_fits_its_title(drawing: Drawing) -> None:
    title = "Elleve tjenesteområder & deres verter " * 4
    drawn = poster(drawing, title, "Tegnet 1. mai", DATA)
    assert {title, "Tegnet 1. mai", drawing.attribution} <= set(words(drawn))
    first = next(ET.fromstring(drawn.svg).iter(f"{SVG}text"))  # noqa: S314 - made here
    assert float(first.attrib["font-size"]) * 0.5 * len(title) < drawn.width_px
    assert drawn.height_px > picture(drawing, title, DATA).height_px
    assert png(drawn).startswith(b"\x89PNG")


def test_a_stamp_shows_where_in_the_country_the_region_is(drawing: Drawing) -> None:
    ground = region_ground(DATA, drawing.codes)
    everywhere = np.array([[x, y] for x in range(0, 680, 5) for y in range(0, 600, 5)], float)
    assert locator(ground, everywhere, 680.0, 600.0) is None  # no corner is free
    stamp = locator(ground, np.array([[20.0, 20.0]]), 680.0, 600.0)
    assert stamp is not None
    assert stamp.box[0] > 340  # the first corner is taken
    assert stamp.box[1] < 20
    country = tuple(DATA_CODES)
    assert locator(region_ground(DATA, country), everywhere[:1], 680.0, 600.0) is None


def test_the_largest_towns_are_named_on_a_map_of_the_country() -> None:
    codes = tuple(DATA_CODES)
    drawn = picture(
        category_drawing(codes, dict.fromkeys(codes, "a"), {"a": "A"}, DATA_CODES), "Norge", DATA
    )
    assert {"Oslo", "Bergen", "Trondheim", "Stavanger"} <= set(words(drawn))
    assert len(circles(drawn)) == len(region_ground(DATA, codes).towns)


def test_a_dot_is_filled_as_far_as_the_week_is_open() -> None:
    assert dot(0, 0, 1).count("<path") == 0
    assert dot(0, 0, 0).count("<path") == 0
    assert "A3.6,3.6,0,0,1,3.42,1.11z" in dot(0, 0, 0.3)
    assert dot(0, 0, 1) != dot(0, 0, 0)
