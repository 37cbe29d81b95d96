"""Faults are sorted, told once, and point into their file."""

from planner.errors import DataError, Fault, PlannerError, ScenarioError


def test_faults_are_sorted_by_file_and_line_and_told_once() -> None:
    late, early = Fault("s.yaml", 9, "title", "bad."), Fault("s.yaml", 2, "schema", "bad.")
    error = ScenarioError([late, early, late])
    assert error.faults == (early, late)
    assert str(error) == "s.yaml:2  schema: bad.\ns.yaml:9  title: bad."


def test_a_fault_of_the_whole_file_has_no_line() -> None:
    assert str(Fault("links.csv", 0, "", "is missing.")) == "links.csv  is missing."


def test_all_errors_are_planner_errors_and_value_errors() -> None:
    for kind in (ScenarioError, DataError):
        assert issubclass(kind, PlannerError)
        assert issubclass(kind, ValueError)
