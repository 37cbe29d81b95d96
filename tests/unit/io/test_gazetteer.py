"""The gazetteer on the shipped tables: what planners write, and what it must mean or ask."""

import pytest

from planner.errors import AmbiguousMunicipalityError, UnknownMunicipalityError
from planner.io.gazetteer import Gazetteer
from tests.support.data import DATA

NES, NESBYEN = "3034", "3040"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.from_bundle(DATA)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Gol", "3041"),
        ("3041", "3041"),
        ("0617", "3041"),
        ("3324", "3041"),
        ("  Gol ", "3041"),
        ("gol kommune", "3041"),
        ("Kvam herad", "4622"),
        ("Ballangen", "1806"),
        ("1854", "1806"),
        ("1805", "1806"),
        ("1601", "5001"),
        ("Klæbu", "5001"),
        ("Lardal", "3805"),
        ("0706", "3804"),
        ("Stokke", "3804"),
        ("Tjøme", "3811"),
        ("Hof", "3802"),
        ("1567", "5061"),
        ("5061", "5061"),
        ("Hornindal", "1577"),
        ("Halsa", "5055"),
        ("Tjeldsund", "5412"),
        ("Skånland", "5412"),
        ("Haram", "1507"),
        ("1534", "1507"),
        ("1580", "1507"),
        ("1508", "1507"),
        ("Fet", "3030"),
        ("Ski", "3020"),
        ("Nesset", "1506"),
        ("Lund", "1112"),
        ("Lindesnes", "4205"),
        ("1029", "4205"),
        ("Kristiansand", "4204"),
        ("Sandnes", "1108"),
        ("1102", "1108"),
        ("Øygarden", "4626"),
        ("Skjerstad", "1804"),
    ],
)
def test_names_and_numbers_of_any_vintage(gazetteer: Gazetteer, text: str, code: str) -> None:
    assert gazetteer.resolve(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Nes (Buskerud)", NESBYEN),
        ("Nes (Akershus)", NES),
        ("Nes (Viken)", NES),
        ("Herøy (Nordland)", "1818"),
        ("Herøy (Møre og Romsdal)", "1515"),
        ("herøy (møre og romsdal)", "1515"),
        ("Våler (Hedmark)", "3419"),
        ("Våler (Innlandet)", "3419"),
        ("Våler (Viken)", "3018"),
        ("Os (Hordaland)", "4624"),
        ("Os (Innlandet)", "3430"),
        ("Bø (Telemark)", "3817"),
        ("Bø i Nordland", "1867"),
        ("Sande i Vestfold", "3802"),
        ("Nes kommune (Buskerud)", NESBYEN),
        ("Vang (Oppland)", "3454"),
    ],
)
def test_county_then_or_now(gazetteer: Gazetteer, text: str, code: str) -> None:
    assert gazetteer.resolve(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kárášjohka", "5437"),
        ("karasjohka", "5437"),
        ("Guovdageaidnu - Kautokeino", "5430"),
        ("Porsanger - Porsángu - Porsanki", "5436"),
        ("Nordreisa – Ráisa – Raisi", "5428"),
        ("Snåase", "5041"),
        ("Raarvihke/Røyrvik", "5043"),
        ("Fauske - Fuossko", "1841"),
        ("Hábmer", "1875"),
        ("ÅL", "3043"),
        ("A\N{COMBINING RING ABOVE}l", "3043"),
        ("sør varanger", "5444"),
        ("Aurskog–Høland", "3026"),
    ],
)
def test_languages_case_dashes_and_accents(gazetteer: Gazetteer, text: str, code: str) -> None:
    assert gazetteer.resolve(text) == code


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Herøy", {"Herøy (Nordland)", "Herøy (Møre og Romsdal)"}),
        ("Våler", {"Våler (Østfold)", "Våler (Innlandet)"}),
        ("Nes", {"Nes (Akershus)", "Nesbyen"}),
        ("Bø", {"Bø (Nordland)", "Midt-Telemark"}),
        ("Os", {"Os (Innlandet)", "Bjørnafjorden"}),
        ("Sande", {"Sande (Møre og Romsdal)", "Holmestrand"}),
    ],
)
def test_names_of_several(gazetteer: Gazetteer, text: str, candidates: set[str]) -> None:
    with pytest.raises(AmbiguousMunicipalityError) as caught:
        gazetteer.resolve(text)
    assert set(caught.value.candidates) == candidates
    assert not caught.value.shares


def test_the_one_that_is_near_is_meant(gazetteer: Gazetteer) -> None:
    hallingdal = gazetteer.councils["Hallingdal"]
    nordland = gazetteer.counties["Nordland"]
    assert gazetteer.resolve("Nes", near=hallingdal) == NESBYEN
    assert gazetteer.resolve("Nes", near=gazetteer.counties["Akershus"]) == NES
    assert gazetteer.resolve("Herøy", near=nordland) == "1818"
    assert gazetteer.resolve("Bø", near=nordland) == "1867"
    assert gazetteer.resolve("Gol", near=nordland) == "3041"  # near never overrules a plain name
    for near in ((), nordland, (NES, NESBYEN)):
        with pytest.raises(AmbiguousMunicipalityError):
            gazetteer.resolve("Nes", near=near)


@pytest.mark.parametrize("text", ["Tysfjord", "Divtasvuodna", "1850", "Divtasvuodna - Tysfjord"])
def test_divided_municipality_asks_with_shares(gazetteer: Gazetteer, text: str) -> None:
    for near in ((), gazetteer.councils["Ofoten"]):
        with pytest.raises(AmbiguousMunicipalityError) as caught:
            gazetteer.resolve(text, near=near)
        assert caught.value.candidates == ("Hamarøy", "Narvik")
        assert "51 % to Hamarøy, 49 % to Narvik" in str(caught.value)


def test_small_part_that_went_elsewhere_leaves_the_name_plain(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("Vågsøy") == "4602"
    assert gazetteer.codes_and_shares("1439") == {"4602": 0.91, "4649": 0.09}


def test_codes_and_shares(gazetteer: Gazetteer) -> None:
    assert gazetteer.codes_and_shares("0301") == {"0301": 1}
    assert gazetteer.codes_and_shares("1580") == {"1507": 1}
    assert gazetteer.codes_and_shares("5421") == {"5421": 1}
    snillfjord = gazetteer.codes_and_shares("5012")
    assert set(snillfjord) == {"5055", "5056", "5059"}
    assert gazetteer.codes_and_shares("1613") == snillfjord
    snillfjord.clear()
    assert gazetteer.codes_and_shares("5012")  # the caller got its own copy
    with pytest.raises(UnknownMunicipalityError):
        gazetteer.codes_and_shares("2111")


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("Hemsdal", "Hemsedal"),
        ("Hesmedal", "Hemsedal"),
        ("Aal", "Ål"),
        ("Al", "Ål"),
        ("Fla", "Flå"),
        ("Glo", "Gol"),
        ("Balangen", "Ballangen"),
        ("Bodoe", "Bodø"),
        ("Baerum", "Bærum"),
        ("Heroi (Nordland)", "Herøy (Nordland)"),
        ("Gol (Nordland)", "Gol"),
        ("301", "Oslo"),
        ("0671", "Gol"),
    ],
)
def test_misspellings_are_not_accepted_but_suggested(
    gazetteer: Gazetteer, text: str, best: str
) -> None:
    with pytest.raises(UnknownMunicipalityError) as caught:
        gazetteer.resolve(text)
    assert caught.value.nearest[0] == best
    assert len(caught.value.nearest) <= 3


@pytest.mark.parametrize("text", ["", " ", "xyzzy", "Gol - Hemsedal", "x" * 100_000, "()", "9"])
def test_nonsense_is_unknown(gazetteer: Gazetteer, text: str) -> None:
    with pytest.raises(UnknownMunicipalityError):
        gazetteer.resolve(text)


def test_suggestions_are_different_municipalities(gazetteer: Gazetteer) -> None:
    assert gazetteer.nearest("Tromsoo") == ("Tromsø",)  # not Tromssa as well
    assert set(gazetteer.nearest("Heroy")) == {"Herøy (Nordland)", "Herøy (Møre og Romsdal)"}


def test_names(gazetteer: Gazetteer) -> None:
    assert gazetteer.name("1818") == "Herøy"
    assert gazetteer.unique_name("1818") == "Herøy (Nordland)"
    assert gazetteer.unique_name(NES) == "Nes (Akershus)"
    assert gazetteer.unique_name("3041") == "Gol"
    for number in ("0617", "3324", "Gol"):
        with pytest.raises(UnknownMunicipalityError):
            gazetteer.name(number)


def test_councils_and_counties(gazetteer: Gazetteer) -> None:
    assert gazetteer.councils["Hallingdal"] == ("3039", "3040", "3041", "3042", "3043", "3044")
    assert len(gazetteer.counties) == 15
    assert sum(len(codes) for codes in gazetteer.counties.values()) == 356
    assert len(gazetteer.counties["Nordland"]) == 41
    assert gazetteer.nearest_council("Halingdal") == ("Hallingdal",)
    assert gazetteer.nearest_county("Nordlan")[0] == "Nordland"
    assert gazetteer.nearest_county("Trondelag") == ("Trøndelag",)


def test_no_name_shares_its_key_with_another_spelling_of_another_place(
    gazetteer: Gazetteer,
) -> None:
    """So that folding case and accents never decides between two municipalities."""
    for bearers in gazetteer._by_name.values():
        spellings = {bearer.name for bearer in bearers}
        places = {frozenset(bearer.heirs) for bearer in bearers}
        assert len(spellings) == 1 or len(places) == 1, spellings


@pytest.mark.parametrize(
    ("text", "former"),
    [
        ("Narvik", False),
        ("1806", False),
        ("1805", False),  # Narvik's number until 2019
        ("Snåase", False),  # a name in use, in another language
        ("Ballangen", True),  # part of Narvik since 2020
        ("1854", True),  # Ballangen's number
        ("Nesset", True),
    ],
)
def test_former_names(text: str, former: bool) -> None:
    gazetteer = Gazetteer.from_bundle(DATA)
    assert gazetteer.is_former(text, gazetteer.resolve(text)) is former
