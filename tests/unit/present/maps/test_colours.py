"""Neighbouring groups look different, and a host keeps its colour."""

from importlib import resources

from hypothesis import given
from hypothesis import strategies as st

from planner.model.plan import Plan
from planner.present.maps.colours import PALETTE, PATTERN_PATHS, group_colours
from tests.support.factories import three_fjords


@given(st.lists(st.integers(0, 5), min_size=6, max_size=6))
def test_neighbouring_groups_differ(chosen: list[int]) -> None:
    instance = three_fjords()
    codes = instance.codes
    hosts = {codes[index] for index in chosen}
    plan = Plan(
        {
            code: code if code in hosts else codes[index]
            for code, index in zip(codes, chosen, strict=True)
        }
    )
    colours = group_colours(plan, instance.contiguity)
    for one, other in instance.contiguity.edges:
        if plan.host_of[one] != plan.host_of[other]:
            assert colours[plan.host_of[one]] != colours[plan.host_of[other]]


def test_a_host_keeps_its_colour() -> None:
    instance = three_fjords()
    own = group_colours(instance.baseline, instance.contiguity)
    merged = group_colours(Plan.from_groups({"0003": instance.codes}), instance.contiguity)
    assert merged["0003"] == own["0003"]
    assert set(own.values()) <= set(PALETTE)


def test_hatches_are_the_same_in_pictures_and_in_the_browser() -> None:
    script = (
        resources.files("planner.app.browser").joinpath("map", "patterns.js").read_text("utf-8")
    )
    assert PATTERN_PATHS
    for name, path in PATTERN_PATHS.items():
        assert f'{name}: "{path}"' in script
