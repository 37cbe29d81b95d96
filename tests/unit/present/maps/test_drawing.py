"""What maps show, without a browser."""

import json

import pytest

from planner.model.plan import Plan
from planner.present.maps.colours import PALETTE, SHADES
from planner.present.maps.drawing import (
    BANDS,
    RING_SIZES,
    Drawing,
    difference_drawing,
    plan_drawing,
)
from planner.present.words.text import speaking
from tests.support.factories import three_fjords

PLAN = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005", "0006"]})
INK = "#1b1f24"


def labels(drawing: Drawing) -> list[str]:
    return [entry.label for entry in drawing.legend]


def test_a_plan_shows_its_groups() -> None:
    drawing = plan_drawing(three_fjords(), PLAN, locked=["0002"])
    assert drawing.codes == ("0001", "0002", "0003", "0004", "0005", "0006")
    assert drawing.hosts == ("0001", "0004")
    assert drawing.ways == (
        ("0002", "0001"),
        ("0003", "0001"),
        ("0005", "0004"),
        ("0006", "0004"),
    )
    assert drawing.fills["0002"] == drawing.fills["0001"] != drawing.fills["0004"]
    assert drawing.groups == PLAN.host_of
    assert drawing.locked == {"0002"}
    assert labels(drawing) == [
        "Aga",
        "Eid",
        "Vertskommune, større ring med flere årsverk",
        "Samarbeidskommune, med strek til verten",
        "Fylt del av prikken: dager i uka med åpent kontor",
        "Grense mellom kontorer",
        "Låst",
    ]
    assert drawing.summary == (
        "Kart over 6\u00a0kommuner og 2\u00a0kontorer. Aga: Aga, Bru og Dal. Eid: Eid, Fet og Gol."
    )
    lines = drawing.tooltips["0003"].split("\n")
    assert lines[:3] == ["Dal", "Vertskommune: Aga", "Minutter til vertskontoret: 50,0\u00a0min"]


def test_a_legend_names_only_what_is_shown() -> None:
    instance = three_fjords()
    alone = labels(plan_drawing(instance, instance.baseline))
    assert "Samarbeidskommune, med strek til verten" not in alone
    assert "Låst" not in alone
    together = labels(plan_drawing(instance, Plan.from_groups({"0003": instance.codes})))
    assert "Grense mellom kontorer" not in together


def test_a_difference_shows_who_moves_and_how_far() -> None:
    """Dal goes from Aga (50 min) to Eid (25); Fet from Eid (40) to Gol (15), a new host."""
    after = Plan.from_groups({"0001": ["0002"], "0004": ["0003"], "0006": ["0005"]})
    drawing = difference_drawing(three_fjords(), PLAN, after)
    assert drawing.patterns == {"0003": "lines", "0005": "lines", "0006": "lines"}
    assert drawing.ways == (("0002", "0001"), ("0003", "0004"), ("0005", "0006"))
    assert drawing.fills["0002"] == BANDS["same"]
    assert drawing.fills["0003"] == drawing.fills["0005"] == BANDS["much_nearer"]
    assert drawing.fills["0006"] == BANDS["much_nearer"]  # from 55 minutes to none
    assert drawing.hosts == ("0001", "0004", "0006")
    assert "3 kommuner. Dal, Fet og Gol." in drawing.summary
    assert drawing.tooltips["0003"].split("\n") == [
        "Dal",
        "Vertskommune: Eid (før: Aga)",
        "Minutter til verten: 50,0\u00a0min før, 25,0\u00a0min nå (−25,0\u00a0min)",
    ]
    back = difference_drawing(three_fjords(), after, PLAN)
    assert back.fills["0003"] == BANDS["much_farther"]
    assert "+25,0" in back.tooltips["0003"]


def test_no_difference() -> None:
    drawing = difference_drawing(three_fjords(), PLAN, PLAN)
    assert drawing.summary == "Kart over hvem som får en annen vert: ingen."
    assert not drawing.patterns
    assert drawing.ways == plan_drawing(three_fjords(), PLAN).ways
    assert set(drawing.fills.values()) == {BANDS["same"]}


def test_rings_grow_with_the_staff_of_the_whole_office() -> None:
    instance = three_fjords()
    sizes = plan_drawing(instance, PLAN).sizes
    fte = dict(zip(instance.codes, instance.figure("fte"), strict=True))
    staff = {host: sum(fte[code] for code in members) for host, members in PLAN.groups.items()}
    assert set(sizes) == set(PLAN.hosts)
    ratio = (staff["0001"] / staff["0004"]) ** 0.5
    low, high = RING_SIZES
    if all(low < size < high for size in sizes.values()):
        assert sizes["0001"] / sizes["0004"] == pytest.approx(ratio)
    assert all(low <= size <= high for size in sizes.values())


def test_members_tell_how_much_of_the_week_they_are_open() -> None:
    plan = Plan.from_groups(PLAN.groups, locations={"0002": 2, "0003": 5})
    drawing = plan_drawing(three_fjords(), plan)
    assert drawing.open_share == {"0002": 0.4, "0003": 1.0, "0005": 0.0, "0006": 0.0}
    assert "days" in {entry.mark for entry in drawing.legend}


def test_a_drawing_is_plain_json() -> None:
    drawing = plan_drawing(three_fjords(), PLAN, locked=["0002"])
    document = drawing.document()
    assert json.loads(json.dumps(document)) == document
    assert document["legend"][0]["label"] == "Aga"


def test_other_languages() -> None:
    with speaking("en"):
        assert "2\u00a0offices" in plan_drawing(three_fjords(), PLAN).summary


def test_fills_bear_dark_text() -> None:
    """WCAG 2.2 asks for 4.5 to 1; the labels on the map are dark in both colour schemes."""
    for fill in [*PALETTE, *BANDS.values(), *SHADES]:
        assert contrast(fill, INK) >= 7, fill


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_luminance_is_that_of_wcag() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
