"""Categories, and figures in classes."""

from dataclasses import replace

import numpy as np

from planner.assess.access import municipality_table
from planner.model.plan import Plan
from planner.present.maps.colours import LAND, SHADES
from planner.present.maps.drawing import plan_drawing
from planner.present.maps.thematic import (
    FIGURES,
    PATTERNS,
    category_drawing,
    figure_drawing,
)
from tests.support.factories import three_fjords
from tests.unit.present.maps.test_drawing import labels

PLAN = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005", "0006"]})


def test_categories_differ_by_more_than_colour() -> None:
    instance = three_fjords()
    names = dict(zip(instance.codes, "abcaab", strict=True))
    drawing = category_drawing(
        instance, names, {"a": "Ja", "b": "Nei", "c": "Vet ikke", "d": "Ingen"}, instance.names
    )
    assert labels(drawing) == ["Ja", "Nei", "Vet ikke"]
    assert len({(entry.fill, entry.pattern) for entry in drawing.legend}) == 3
    assert len({entry.pattern for entry in drawing.legend}) == 3
    assert drawing.fills["0001"] == drawing.fills["0004"]
    assert drawing.patterns["0002"] == PATTERNS[1]
    assert "0001" not in drawing.patterns
    assert drawing.summary == "Kart over 6 kommuner. Ja: 3; Nei: 2; Vet ikke: 1; Ingen: 0."
    told = category_drawing(instance.codes, names, {"a": "A", "b": "B", "c": "C"}, names, "Sum.")
    assert told.summary == "Sum."


def test_every_figure_is_drawn_over_the_same_offices() -> None:
    instance, plain = three_fjords(), plan_drawing(three_fjords(), PLAN)
    table = municipality_table(instance, PLAN)
    for name in FIGURES:
        drawing = figure_drawing(instance, PLAN, name)
        assert (drawing.hosts, drawing.groups, drawing.ways) == (
            plain.hosts,
            PLAN.host_of,
            plain.ways,
        )
        values = table[name].astype(float)
        shade = {code: SHADES.index(fill) for code, fill in drawing.fills.items() if fill != LAND}
        known = [code for code in instance.codes if np.isfinite(values[code])]
        assert set(shade) == set(known)
        for one in known:  # the darker, the more; the same figure, the same shade
            for other in known:
                assert (values[one] <= values[other]) <= (shade[one] <= shade[other])
        areas = [entry for entry in drawing.legend if entry.mark == "area" and entry.fill != LAND]
        assert [entry.fill for entry in areas] == sorted(
            set(drawing.fills.values()) - {LAND}, key=SHADES.index
        )


def test_what_cannot_be_reached_is_said_to_be_undefined() -> None:
    instance = three_fjords()
    minutes = instance.travel.minutes.copy()
    minutes.loc["0002", "0001"] = np.inf
    cut_off = replace(instance, travel=replace(instance.travel, minutes=minutes))
    drawing = figure_drawing(cut_off, PLAN, "minutes")
    assert drawing.fills["0002"] == LAND
    assert LAND in {entry.fill for entry in drawing.legend}


def test_few_figures_are_a_class_each() -> None:
    instance = three_fjords()
    plan = Plan.from_groups(PLAN.groups, locations={"0002": 2})
    drawing = figure_drawing(instance, plan, "presence_days")
    assert [entry.label.replace("\u00a0", " ") for entry in drawing.legend][:3] == [
        "0,0 dager",
        "2,0 dager",
        "5,0 dager",
    ]
