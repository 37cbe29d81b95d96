"""Figures far from the date, and what is unsure about offices."""

from dataclasses import replace
from datetime import date

from planner.assess.dated_figures import doubted, old_figures, projected_year
from planner.model.instance import Instance
from planner.model.plan import Plan
from tests.support.factories import three_fjords


def dated(on: date | None, **years: int) -> Instance:
    return replace(three_fjords(), date=on, table_years=years)


def test_a_figure_more_than_three_years_away_is_told_by_table() -> None:
    assert old_figures(dated(date(2026, 1, 1), commuting=2022)) == {"commuting": 2022}
    assert old_figures(dated(date(2025, 12, 31), commuting=2022)) == {}
    assert old_figures(dated(date(2018, 1, 1), commuting=2022)) == {"commuting": 2022}


def test_without_a_date_nothing_is_far_from_it() -> None:
    assert old_figures(dated(None, commuting=1999)) == {}


def test_a_table_without_rows_of_the_region_is_not_told() -> None:
    instance = dated(date(2026, 1, 1), case_systems=2018)
    assert old_figures(instance) == {}
    known = replace(instance, case_systems={"0001": "Vinje"})
    assert old_figures(known) == {"case_systems": 2018}


def test_of_figures_of_several_years_the_furthest_counts() -> None:
    instance = dated(date(2026, 1, 1))
    years = [2026, 2017, 2026, 2024, 2026, 2026]
    instance = replace(instance, municipalities=instance.municipalities.assign(fte_year=years))
    assert old_figures(instance) == {"staff": 2017}


def test_a_projected_population_is_told_with_its_year() -> None:
    instance = three_fjords()
    assert projected_year(instance) is None
    table = instance.municipalities.assign(population_year=2030, population_provenance="modelled")
    assert projected_year(replace(instance, municipalities=table)) == 2030


def test_doubts_of_the_baseline_and_of_the_plan() -> None:
    own = {code: code for code in three_fjords().codes}
    instance = replace(three_fjords(), baseline=Plan(own, doubts={"0002": "window"}))
    plan = Plan(own, doubts={"0001": "unlisted", "0003": "window"})
    assert doubted(instance, plan, "window") == ["0002", "0003"]
    assert doubted(instance, plan, "unlisted") == ["0001"]
    assert doubted(instance, None, "unlisted") == []
