"""What a plan takes and gives, in sentences with figures."""

from __future__ import annotations

from dataclasses import replace

from planner.model.plan import Plan
from planner.present.result.trade_offs import ORDER, spoken_figure, trade_offs
from tests.support.factories import three_fjords

ALONE = Plan({code: code for code in three_fjords().codes})
TOGETHER = Plan(dict.fromkeys(three_fjords().codes, "0001"))


def words(side: object) -> list[str]:
    assert isinstance(side, tuple)
    return [one.words.replace("\u00a0", " ") for one in side]


def test_the_host_gains_staff_and_the_others_lose_their_office() -> None:
    instance = replace(three_fjords(), baseline=ALONE)
    host, *others = instance.codes
    found = trade_offs(instance, TOGETHER)
    assert any(one.startswith("Vert for ") for one in words(found[host].gains))
    for code in others:
        lost = words(found[code].losses)
        assert f"Ikke lenger eget vertskontor; det ligger i {instance.names[host]}" in lost
        assert any(one.endswith("mot 100 % før") for one in lost[-1:])  # the share stands last
        assert not found[code].unkept


def test_nothing_is_told_where_nothing_changes() -> None:
    instance = replace(three_fjords(), baseline=TOGETHER)
    found = trade_offs(instance, TOGETHER)
    assert all(not (one.losses or one.gains) for one in found.values())


def test_the_way_back_turns_losses_into_gains() -> None:
    there = trade_offs(replace(three_fjords(), baseline=ALONE), TOGETHER)
    back = trade_offs(replace(three_fjords(), baseline=TOGETHER), ALONE)
    for code in three_fjords().codes:
        assert len(there[code].losses) == len(back[code].gains)
        assert len(there[code].gains) == len(back[code].losses)


def test_presence_that_must_be_kept_and_is_not() -> None:
    instance = three_fjords()
    code = instance.codes[1]
    island = replace(instance, baseline=ALONE, islands=frozenset({code}))
    found = trade_offs(island, Plan(TOGETHER.host_of, locations={"0001": 5.0}))
    assert words(found[code].unkept) == [
        "Skal ha folk på plass, men får ingen: Øy uten fast forbindelse"
    ]
    assert words(found[code].losses)[0].startswith("Ikke lenger folk på plass, mot 5 dager i uka")
    assert not found[instance.codes[0]].unkept


def test_figures_as_sentences_say_them() -> None:
    assert spoken_figure("minutes", float("inf"), "min") == "ingen vei"
    assert spoken_figure("uncovered_days", 3.27, "days") == "3\u00a0dager"
    assert spoken_figure("presence_days", 0.5, "days") == "0,5\u00a0dager"
    assert ORDER[0] == "presence_days"
