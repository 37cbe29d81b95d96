"""Sentences about who mans a function, and how often nobody does."""

from planner.model.plan import Plan
from planner.present.competence import coverage_lines
from tests.support.factories import FUNCTIONS, three_fjords


def test_every_office_and_function_has_a_sentence() -> None:
    plan = Plan.from_groups({"0001": ["0002", "0003", "0004", "0005"], "0006": []})
    lines = coverage_lines(three_fjords(), plan)
    assert len(lines) == 2 * len(FUNCTIONS)
    assert lines[-2] == (
        "NAV Gol: gjeldsrådgivning 0,70 årsverk på 1,5 veiledere, 32 av 230 dager uten dekning"
    )
