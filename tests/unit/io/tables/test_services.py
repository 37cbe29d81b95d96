"""Opening hours, purchases and the provenance of catalogues, where published."""

from planner.io.tables.functions import read_functions
from planner.io.tables.services import (
    catalogue_provenance,
    read_bought_services,
    read_opening_hours,
    service_catalogues,
)
from tests.support.data import DATA

ALSTAHAUG, RANA, NESNA, LUROY = "1820", "1833", "1828", "1834"


def test_opening_hours_are_known_in_words_for_three() -> None:
    hours = read_opening_hours(DATA)["opening_hours"]
    assert set(hours.index) == {RANA, NESNA, LUROY}
    assert hours[RANA] == "2 timer to dager i uka"


def test_one_purchase_is_known_and_its_function_too() -> None:
    bundle = DATA
    bought = read_bought_services(bundle)
    assert bought == {(ALSTAHAUG, "debt_counselling")}
    assert {function for _, function in bought} <= set(read_functions(bundle))


def test_catalogues_are_no_better_than_their_weakest_row() -> None:
    bundle = DATA
    provenance = catalogue_provenance(bundle)
    assert set(provenance) == set(service_catalogues(bundle).index)
    assert set(provenance.values()) == {"estimated"}  # rows beyond the minimum solution
