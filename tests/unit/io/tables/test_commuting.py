"""How well modelled flows agree with observed ones."""

from planner.io.tables.commuting import read_commuting_fit
from planner.io.tables.municipalities import read_municipalities
from tests.support.data import DATA


def test_the_fit_is_registered_for_every_county() -> None:
    fit = read_commuting_fit(DATA)
    counties = set(read_municipalities(DATA)["county"])
    assert counties < set(fit["region"])
    assert {"Hallingdal", "Norge"} < set(fit["region"])
