"""Contiguity: land borders long enough, and crossings."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import LabelMismatchError
from planner.io.tables.land import read_borders
from planner.model.contiguity import contiguity_graph
from tests.support.data import DATA

BORDERS = pd.DataFrame(
    {"code_a": ["01", "02", "01"], "code_b": ["02", "03", "03"], "border_m": [900, 500, 501]}
)


def test_borders_longer_than_the_least_and_crossings() -> None:
    graph = contiguity_graph(
        ["01", "02", "03", "04"], BORDERS, {("03", "04"), ("01", "02")}, least_border_m=500
    )
    assert {frozenset(edge) for edge in graph.edges} == {
        frozenset(("01", "02")),
        frozenset(("01", "03")),
        frozenset(("03", "04")),
    }
    assert graph.edges["01", "02"]["kind"] == "border"
    assert graph.edges["03", "04"]["kind"] == "crossing"


def test_a_municipality_joined_to_nobody_stays() -> None:
    assert list(contiguity_graph(["01"], BORDERS.head(0), [], least_border_m=0)) == ["01"]


def test_unknown_municipalities() -> None:
    with pytest.raises(LabelMismatchError, match="03"):
        contiguity_graph(["01", "02"], BORDERS, [], least_border_m=0)


@given(st.permutations(range(3)), st.permutations(["01", "02", "03"]))
def test_order_does_not_matter(rows: list[int], codes: list[str]) -> None:
    def edges(graph: object) -> set[frozenset[str]]:
        return {frozenset(edge) for edge in graph.edges}  # type: ignore[attr-defined]

    turned = contiguity_graph(codes, BORDERS.iloc[rows], [], least_border_m=0)
    assert edges(turned) == edges(contiguity_graph(sorted(codes), BORDERS, [], least_border_m=0))


def test_real_neighbours() -> None:
    borders = read_borders(DATA)
    codes = sorted({*borders["code_a"], *borders["code_b"]})
    graph = contiguity_graph(codes, borders, [], least_border_m=500)
    assert graph.has_edge("3041", "3042")  # Gol and Hemsedal
    assert not graph.has_edge("3039", "3044")  # Flå and Hol
