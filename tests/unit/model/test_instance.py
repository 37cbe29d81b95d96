"""An instance refuses tables whose labels differ."""

from dataclasses import replace

import pytest

from planner.errors import DataError, LabelMismatchError
from planner.model.plan import Plan
from tests.support.factories import three_fjords


def test_labels_are_shared_by_all_tables() -> None:
    instance = three_fjords()
    assert instance.codes == list(instance.commuters.index)
    assert instance.names["0003"] == "Dal"


def test_commuters_in_another_order() -> None:
    instance = three_fjords()
    turned = instance.commuters.iloc[::-1, ::-1]
    with pytest.raises(LabelMismatchError, match="commuters: rows and columns"):
        replace(instance, commuters=turned)


def test_municipalities_out_of_order() -> None:
    instance = three_fjords()
    with pytest.raises(LabelMismatchError, match="sorted by code"):
        replace(instance, municipalities=instance.municipalities.iloc[::-1])


def test_travel_without_a_municipality() -> None:
    instance = three_fjords()
    with pytest.raises(LabelMismatchError, match=r"travel\.minutes"):
        replace(instance, travel=instance.travel.among(instance.codes[:-1]))


def test_contiguity_and_baseline_cover_the_region() -> None:
    instance = three_fjords()
    with pytest.raises(LabelMismatchError, match="contiguity"):
        replace(instance, contiguity=instance.contiguity.subgraph(instance.codes[1:]))
    with pytest.raises(LabelMismatchError, match="baseline"):
        replace(instance, baseline=Plan({"0001": "0001"}))


@pytest.mark.parametrize("wrong", [float("nan"), -30.0])
def test_minutes_that_are_none_are_refused_with_their_place(wrong: float) -> None:
    travel = three_fjords().travel
    minutes = travel.minutes.copy()
    minutes.loc["0002", "0004"] = wrong
    with pytest.raises(DataError, match=rf"travel.minutes  0002 to 0004: {wrong}"):
        replace(three_fjords(), travel=replace(travel, minutes=minutes))


def test_surroundings_lie_outside_and_fit_the_region() -> None:
    instance = three_fjords()
    around = instance.surroundings
    assert around is not None
    inside = around.municipalities.rename(index={"0009": "0001"})
    with pytest.raises(LabelMismatchError, match="outside the region"):
        replace(instance, surroundings=replace(around, municipalities=inside))
    turned = around.commuters.iloc[::-1]
    with pytest.raises(LabelMismatchError, match=r"surroundings\.commuters"):
        replace(instance, surroundings=replace(around, commuters=turned))
    elsewhere = {**around.labour_market, "0001": "0010"}
    with pytest.raises(LabelMismatchError, match=r"surroundings\.labour_market"):
        replace(instance, surroundings=replace(around, labour_market=elsewhere))
