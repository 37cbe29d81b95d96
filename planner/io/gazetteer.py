"""Which municipality is meant: a name or number of any vintage -> the 2020-2023 code."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from planner.errors import AmbiguousMunicipalityError, UnknownMunicipalityError
from planner.io.bundle import Bundle, kept
from planner.io.tables.municipalities import (
    COUNTIES_BY_PREFIX,
    NUMBER,
    read_aliases,
    read_municipalities,
    shares_by_name,
)
from planner.spelling import key, nearest

_QUALIFIED = re.compile(r"(?P<name>.+?) *(?:\((?P<county>.+)\)| i (?P<in_county>.+))")
_JOINED = re.compile(r" [-–—] | */ *")
_KIND = re.compile(r" (kommune|herad)$", re.IGNORECASE)
_ONE_WRONG_DIGIT = 0.75
_MOST_SUGGESTIONS = 3
_LEAST_SHARE_OF_HEIR = 0.8


@dataclass(frozen=True)
class _Bearer:
    """A municipality of some vintage under one of its names.

    Attributes
    ----------
    number : its number then.
    name : its name then, or one of its names.
    county : by which the name is told from others: of 2024 where it is still so called.
    counties : keys of all counties that may qualify the name.
    shares : share 0-1 of its inhabitants by 2020-2023 code.
    """

    number: str
    name: str
    county: str
    counties: frozenset[str]
    shares: Mapping[str, float]

    @property
    def heirs(self) -> tuple[str, ...]:
        """Codes that the name may stand for today, the largest share first."""
        codes = sorted(self.shares, key=lambda code: -self.shares[code])
        whole = self.shares[codes[0]] >= _LEAST_SHARE_OF_HEIR
        return tuple(codes[:1] if whole else codes)


class Gazetteer:
    """Names and numbers of municipalities of every vintage since 2004.

    Attributes
    ----------
    counties : codes of each county of 2024.
    councils : codes of each regional council.
    """

    def __init__(self, municipalities: pd.DataFrame, aliases: pd.DataFrame) -> None:
        self.counties = _codes_by(municipalities["county"])
        self.councils = _codes_by(municipalities["regional_council"].dropna())
        self._names = dict(zip(municipalities.index, municipalities["name"], strict=True))
        self._in_use = frozenset((*municipalities.index, *municipalities["code_2024"]))
        self._by_name: dict[str, list[_Bearer]] = {}
        self._by_number: dict[str, _Bearer] = {}
        for bearer in _present(municipalities) + _other(aliases, municipalities):
            self._by_name.setdefault(key(bearer.name), []).append(bearer)
            self._by_number.setdefault(bearer.number, bearer)
        self._labels = {code: self._label(self._by_number[code]) for code in self._names}

    @staticmethod
    def from_bundle(bundle: Bundle) -> Gazetteer:
        """Read municipalities and aliases from a bundle; the same tables are read once.

        Raises
        ------
        DataError : a table is missing, changed, or faulty.
        """
        return _read_gazetteer(bundle)

    def resolve(self, text: str, near: Collection[str] = ()) -> str:
        """Return the 2020-2023 code of the municipality that a text means.

        Four digits are a number. No number means different municipalities in different vintages;
        that is checked when the tables are read. Anything else is a name of any vintage, in any
        of its languages (``Kárášjohka``) or in all at once (``Snåase - Snåsa``), with or without
        ``kommune``, and may be qualified by its county then or now: ``Os (Hordaland)``,
        ``Bø i Telemark``.

        Case, dashes, blanks and the accents of Sami names do not matter. The letters æ, ø and å
        do: ``Al`` is not ``Ål``, and a typing error is never corrected in silence.

        A name that has meant different municipalities since 2004 is ambiguous, though only one
        bears it today: in a scenario of 2018, ``Nes`` may well be today's Nesbyen and ``Os``
        today's Bjørnafjorden. If exactly one of them lies in `near`, that one is meant.

        A former municipality means the one that got at least 80 % of its inhabitants. Where none
        did (Tysfjord, Snillfjord), it is ambiguous whatever is near, since each successor is
        less than what was written.

        Parameters
        ----------
        text : name or number as a planner writes it.
        near : codes of the region that the planner speaks of.

        Raises
        ------
        UnknownMunicipalityError : nobody bears or bore it; with the nearest spellings.
        AmbiguousMunicipalityError : several are possible; with a unique spelling of each.
        """
        bearers = self._meant(text)
        if not bearers:
            raise UnknownMunicipalityError(text, self.nearest(text))
        for bearer in bearers:
            if len(bearer.heirs) > 1:
                raise self._divided(text, bearer)
        codes = _codes(bearers)
        chosen = codes if len(codes) == 1 else codes.intersection(near)
        if len(chosen) != 1:
            raise AmbiguousMunicipalityError(text, self._labels_of(codes))
        return next(iter(chosen))

    def is_former(self, text: str, code: str) -> bool:
        """Tell whether a text that means a municipality is the name of one that it replaced.

        Its name in another language is not, nor an earlier number of the same municipality.

        Parameters
        ----------
        text : as `resolve` understands it.
        code : what the text means.
        """
        own = key(self.name(code))
        return not any(
            bearer.number in self._in_use or key(bearer.name) == own for bearer in self._meant(text)
        )

    def codes_and_shares(self, number: str) -> dict[str, float]:
        """Return where the inhabitants of a municipality of any vintage have belonged since 2020.

        Parameters
        ----------
        number : four digits, of any vintage since 2004.

        Returns
        -------
        Share of its inhabitants (0-1, adding up to 1) by 2020-2023 code; several codes where at
        least 5 % went another way than the rest: Balestrand, Sauherad, Snillfjord, Tysfjord,
        Vågsøy.

        Raises
        ------
        UnknownMunicipalityError : the number is of no known vintage.
        """
        if number not in self._by_number:
            raise UnknownMunicipalityError(number, self.nearest(number))
        return dict(self._by_number[number].shares)

    def name(self, code: str) -> str:
        """Return a municipality's name, which others may bear as well.

        Raises
        ------
        UnknownMunicipalityError : no 2020-2023 code.
        """
        return self._named(self._names, code)

    def unique_name(self, code: str) -> str:
        """Return a name that `resolve` understands anywhere: ``Gol``, ``Herøy (Nordland)``.

        Raises
        ------
        UnknownMunicipalityError : no 2020-2023 code.
        """
        return self._named(self._labels, code)

    def nearest(self, text: str) -> tuple[str, ...]:
        """Return up to three spellings that `resolve` understands, most like the text first."""
        if text.strip().isdigit():
            number = text.strip().zfill(4)
            near = nearest(number, self._by_number, least_likeness=_ONE_WRONG_DIGIT)
            return tuple(dict.fromkeys(self._label(self._by_number[number]) for number in near))
        name, _ = _name_and_county(text)
        if namesakes := self._by_name.get(key(name)):  # only the county is wrong
            return self._labels_of(_codes(namesakes))
        meanings = {
            self._label(bearer): frozenset(bearer.heirs)
            for namesakes in self._by_name.values()
            for bearer in namesakes
        }
        suggestions: dict[frozenset[str], str] = {}
        for label in nearest(text, meanings, most=3 * _MOST_SUGGESTIONS):
            suggestions.setdefault(meanings[label], label)
        return tuple(suggestions.values())[:_MOST_SUGGESTIONS]

    def nearest_council(self, text: str) -> tuple[str, ...]:
        """Return up to three regional councils, most like the text first."""
        return nearest(text, self.councils)

    def nearest_county(self, text: str) -> tuple[str, ...]:
        """Return up to three counties of 2024, most like the text first."""
        return nearest(text, self.counties)

    def _meant(self, text: str) -> list[_Bearer]:
        """Return every bearer that a text may mean."""
        text = _KIND.sub("", text.strip())
        if re.match(NUMBER, text):
            return [self._by_number[text]] if text in self._by_number else []
        if bearers := self._by_name.get(key(text)):
            return bearers
        name, county = _name_and_county(text)
        if county:
            bearers = self._by_name.get(key(_KIND.sub("", name)), [])
            return [bearer for bearer in bearers if key(county) in bearer.counties]
        parts = [self._by_name.get(key(part), []) for part in _JOINED.split(text)]
        agreed = all(_codes(part) == _codes(parts[0]) for part in parts)
        return parts[0] if agreed else []

    def _label(self, bearer: _Bearer) -> str:
        """Return the shortest spelling of a bearer that means nobody else."""
        namesakes = self._by_name[key(bearer.name)]
        alone = _codes(namesakes) == set(bearer.heirs)
        return bearer.name if alone else f"{bearer.name} ({bearer.county})"

    def _labels_of(self, codes: set[str]) -> tuple[str, ...]:
        return tuple(sorted(self._labels[code] for code in codes))

    def _divided(self, text: str, bearer: _Bearer) -> AmbiguousMunicipalityError:
        candidates = tuple(self._labels[code] for code in bearer.heirs)
        shares = tuple(bearer.shares[code] for code in bearer.heirs)
        return AmbiguousMunicipalityError(text, candidates, shares)

    def _named(self, names: Mapping[str, str], code: str) -> str:
        if code not in names:
            raise UnknownMunicipalityError(code, self.nearest(code))
        return names[code]


@kept("municipalities", "aliases")
def _read_gazetteer(bundle: Bundle) -> Gazetteer:
    municipalities = read_municipalities(bundle)
    return Gazetteer(municipalities, read_aliases(bundle, municipalities))


def _present(municipalities: pd.DataFrame) -> list[_Bearer]:
    """Return the municipalities of 2020-2023 under their numbers then and since 2024."""
    return [
        _Bearer(number, name, county, _county_keys(number, county), {code: 1.0})
        for column in (municipalities.index, municipalities["code_2024"])
        for number, code, name, county in zip(
            column,
            municipalities.index,
            municipalities["name"],
            municipalities["county"],
            strict=True,
        )
    ]


def _other(aliases: pd.DataFrame, municipalities: pd.DataFrame) -> list[_Bearer]:
    """Return the municipalities of other vintages, and present ones under their other names."""
    names = municipalities["name"].to_dict()
    counties = municipalities["county"].to_dict()
    bearers = []
    for (number, name), parts in shares_by_name(aliases).items():
        kept_name = [code for code in parts if key(names[code]) == key(name)]
        county = counties[kept_name[0]] if kept_name else COUNTIES_BY_PREFIX[number[:2]]
        keys = _county_keys(number, *(counties[code] for code in parts))
        bearers.append(_Bearer(number, name, county, keys, parts))
    return bearers


def _county_keys(number: str, *counties: str) -> frozenset[str]:
    return frozenset(key(county) for county in (COUNTIES_BY_PREFIX[number[:2]], *counties))


def _codes(bearers: list[_Bearer]) -> set[str]:
    return {code for bearer in bearers for code in bearer.heirs}


def _codes_by(groups: pd.Series[str]) -> dict[str, tuple[str, ...]]:
    return {str(name): tuple(codes) for name, codes in groups.groupby(groups).groups.items()}


def _name_and_county(text: str) -> tuple[str, str]:
    parts = _QUALIFIED.fullmatch(text.strip())
    if parts is None:
        return text, ""
    return parts["name"], parts["county"] or parts["in_county"]
