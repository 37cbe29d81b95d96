"""Properties of the gazetteer over all names and numbers that it knows."""

import math
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import AmbiguousMunicipalityError, UnknownMunicipalityError
from planner.io.gazetteer import Gazetteer
from planner.io.tables.municipalities import read_aliases, read_municipalities
from tests.support.data import DATA

MUNICIPALITIES = read_municipalities(DATA)
ALIASES = read_aliases(DATA, MUNICIPALITIES)
GAZETTEER = Gazetteer(MUNICIPALITIES, ALIASES)
CODES = list(MUNICIPALITIES.index)
NUMBERS = sorted({*CODES, *MUNICIPALITIES["code_2024"], *ALIASES["code_old"]})
NAMES = sorted({*MUNICIPALITIES["name"], *ALIASES["name_old"]})


@cache
def meanings(number: str) -> frozenset[str]:
    """Every code that any table and vintage gives a number, read without the gazetteer."""
    of_2024 = MUNICIPALITIES.index[MUNICIPALITIES["code_2024"] == number]
    of_aliases = ALIASES.loc[ALIASES["code_old"] == number, "code"]
    of_2020 = [number] if number in MUNICIPALITIES.index else []
    return frozenset([*of_2020, *of_2024, *of_aliases])


def test_no_number_is_misread() -> None:
    """A number either has one meaning in all vintages, or a municipality was divided."""
    for number in NUMBERS:
        shares = GAZETTEER.codes_and_shares(number)
        assert set(shares) == meanings(number)
        assert math.isclose(sum(shares.values()), 1)
        largest = max(shares, key=lambda code: shares[code])
        try:
            assert GAZETTEER.resolve(number) == largest
        except AmbiguousMunicipalityError:
            assert max(shares.values()) < 0.8


def test_unique_names_are_understood_everywhere() -> None:
    assert len({GAZETTEER.unique_name(code) for code in CODES}) == len(CODES)
    for code in CODES:
        for near in ((), CODES):
            assert GAZETTEER.resolve(GAZETTEER.unique_name(code), near) == code


@given(code=st.sampled_from(CODES), data=st.data())
def test_case_blanks_and_kind_do_not_matter(code: str, data: st.DataObject) -> None:
    name = GAZETTEER.unique_name(code)
    change = data.draw(st.sampled_from([str.lower, str.upper, str.title, str.swapcase]))
    before, after = data.draw(st.tuples(st.text(" \t\n", max_size=3), st.text(" \t", max_size=3)))
    assert GAZETTEER.resolve(before + change(name) + after) == code


@given(name=st.sampled_from(NAMES), near=st.sets(st.sampled_from(CODES), max_size=200))
def test_near_only_decides_between_candidates(name: str, near: set[str]) -> None:
    try:
        anywhere = {GAZETTEER.resolve(name)}
    except AmbiguousMunicipalityError as error:
        anywhere = {GAZETTEER.resolve(candidate) for candidate in error.candidates}
        if error.reason:  # divided: asked whatever is near
            near = set()
    try:
        assert GAZETTEER.resolve(name, near) in anywhere
    except AmbiguousMunicipalityError:
        assert len(anywhere & near) != 1


def outcome(text: str) -> str | AmbiguousMunicipalityError | UnknownMunicipalityError:
    try:
        return GAZETTEER.resolve(text)
    except (AmbiguousMunicipalityError, UnknownMunicipalityError) as error:
        return error


@settings(max_examples=40)
@given(text=st.text(max_size=30) | st.sampled_from(NAMES).map(lambda name: name[1:] + "q"))
def test_anything_else_is_refused_in_words_and_suggestions_are_understood(text: str) -> None:
    found = outcome(text)
    if isinstance(found, UnknownMunicipalityError):
        assert len(found.nearest) <= 3
        for suggestion in found.nearest:
            understood = outcome(suggestion)
            if isinstance(understood, AmbiguousMunicipalityError):
                assert understood.reason  # it was divided
            else:
                assert understood in CODES
    elif isinstance(found, AmbiguousMunicipalityError):
        assert len(found.candidates) > 1
    else:
        assert found in CODES
