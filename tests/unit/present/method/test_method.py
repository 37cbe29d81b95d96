"""Data and method as tables."""

import pytest

from planner.present.method import method
from planner.present.method.coverage import MISSING, coverage
from planner.present.method.road_fit import road_check_frame, road_checks, road_fit_rows
from planner.present.words.data_words import function_name, parameter_meaning, risk_factor_name
from planner.present.words.text import LANGUAGES, Language, speaking
from planner.provenance import PROVENANCES
from tests.support.data import DATA

BUNDLE = DATA


def test_every_municipality_has_a_provenance_or_is_missing() -> None:
    known = coverage(BUNDLE)
    assert len(known) == 356
    assert set(known.to_numpy().ravel()) <= {*PROVENANCES, MISSING}
    assert known.loc["3039", "services"] == "estimated"  # some rows had lost their columns
    assert known.loc["0301", "services"] == MISSING


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_are_written_in_every_language(language: Language) -> None:
    with speaking(language):
        frames = [
            method.table_frame(BUNDLE),
            method.parameter_frame(BUNDLE),
            *(method.formula_frame(family) for family in method.families()),
        ]
    for frame in frames:
        assert len(frame) > 0
        assert not frame.isna().to_numpy().any()
        assert frame.columns.is_unique


def test_numbers_are_written_as_the_language_does() -> None:
    meaning = "Faktor på kjøretida på veger som er noenlunde kjent"
    row = method.parameter_frame(BUNDLE).set_index("Hva det er").loc[meaning]
    assert (row["Verdi"], row["Område"]) == ("1", "0,9–1,15")


def test_checks_name_both_ends_and_put_the_worst_first() -> None:
    checks = road_checks(BUNDLE)
    assert set(checks["kind"]) == {"independent"}
    written = road_check_frame(checks)
    worst = checks.loc[checks["deviation_share"].abs().idxmax()]
    assert written.iloc[0]["Strekning"] == worst["way"]
    assert "Hol–Flå" in set(written["Strekning"])


def test_the_fit_of_a_county_is_written_with_its_number_of_checks() -> None:
    row = {"county": "Fylke", "km_checks": 3, "km_median": 0.025}
    found = road_fit_rows([row | {"min_checks": 0, "min_median": None}])
    assert found[1] == ["Fylke", "3", "2,5\u00a0%", "0", ""]


def test_every_licence_of_the_register_has_its_text() -> None:
    for licence in method.licences(BUNDLE).keys() - {method.FACTS}:
        assert len(method.licence_text(licence)) > 500
    assert "Attribution 4.0" in method.licence_text("CC BY 4.0")
    assert "Agafonkin" in method.licence_text("Leaflet")


def test_what_planners_write_in_the_tables_is_shown_as_it_stands() -> None:
    assert function_name("leader", "kontorsjef") == "kontorsjef"
    assert risk_factor_name(1, "Egen faktor") == "Egen faktor"
    with speaking("en"):
        assert function_name("leader", "leder") == "leader"
        assert function_name("own_function", "egen") == "egen"
        assert parameter_meaning("sick_leave_share", "as the table says") == "as the table says"


def test_names_in_the_catalogue_are_those_of_the_tables() -> None:
    from planner.io.tables.risk_factors import read_risk_factors  # noqa: PLC0415
    from planner.io.tables.services import read_functions  # noqa: PLC0415
    from planner.present.words.text import text  # noqa: PLC0415

    for key, function in read_functions(BUNDLE).items():
        assert text(f"function.{key}") == function.name
    for number, factor in read_risk_factors(BUNDLE).items():
        assert text(f"risk_factor.{number}") == factor.name
