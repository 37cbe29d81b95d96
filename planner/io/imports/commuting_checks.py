"""Checking commuting flows of any vintage, and counting them by today's municipalities."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from planner.errors import (
    AmbiguousMunicipalityError,
    DataError,
    Fault,
    UnknownMunicipalityError,
)
from planner.io.csv_rows import MOST_FAULTS
from planner.io.gazetteer import Gazetteer
from planner.io.imports.commuting_export import FlowRow, FlowTable

_NUMBERED = re.compile(r"(\d{4})(?!\d)\s*(.*)")
#: Rows that sum up others.
_TOTAL = re.compile(
    r"(0 |0000 )?(hele )?landet|i alt|totalt?|alle kommuner|the whole country", re.IGNORECASE
)
#: Places of work that are no municipality: Svalbard, shelf, sea, abroad, not known.
_ELSEWHERE = re.compile(
    r"svalbard|jan mayen|sokkel|shelf|utland|abroad|uoppgitt|unknown|unspec", re.IGNORECASE
)
_ELSEWHERE_NUMBER = re.compile(r"2[1-9]\d\d|99\d\d")
#: First year of the numbers that begin so, where a county got new numbers.
_FIRST_YEAR = {"50": 2018} | dict.fromkeys(("30", "34", "38", "42", "46", "54"), 2020)
_LAST_YEAR_OF_2020 = 2023
#: Cannot occur, not available, withheld to protect individuals.
_NO_FIGURE = frozenset({".", "..", ":"})
#: A whole number of persons, perhaps with spaces between thousands; a dash is none.
_WHOLE = re.compile(r"(\d{1,9}|\d{1,3}(?:[ \u00a0\u202f]\d{3})+)(?:[.,]0+)?|-")
_SPACES = re.compile(r"[ \u00a0\u202f]")
#: Share of a municipality's inhabitants who are employed, at the very least; 0.41-0.63 in 2022.
LEAST_EMPLOYED_SHARE = 0.25
#: A total may differ from its parts by this many persons, for rounding.
_ROUNDING = 0.5

_Pair = tuple[str, str]


@dataclass(frozen=True)
class Vintages:
    """In which years numbers were in use.

    Attributes
    ----------
    first, last : year by number; a number that is absent was always, or is still, in use.
    """

    first: Mapping[str, int]
    last: Mapping[str, int]

    @classmethod
    def of(cls, municipalities: pd.DataFrame, aliases: pd.DataFrame) -> Vintages:
        """Take the years from the numbers of 2020-2023, those of 2024, and all older ones."""
        present, later = set(municipalities.index), set(municipalities["code_2024"])
        ended = aliases[aliases["valid_to"].notna() & ~aliases["code_old"].isin(present | later)]
        until = ended["valid_to"].dt.year
        last = dict(zip(ended["code_old"], until, strict=True))
        numbers = present | later | set(aliases["code_old"])
        first = {n: _FIRST_YEAR[n[:2]] for n in numbers if n[:2] in _FIRST_YEAR}
        renumbered = ended["name_old"] == ended["code"].map(municipalities["name"])
        first |= (until[renumbered].groupby(ended["code"]).max() + 1).to_dict()
        first |= dict.fromkeys(later - present, _LAST_YEAR_OF_2020 + 1)
        return cls(first, last | dict.fromkeys(present - later, _LAST_YEAR_OF_2020))


@dataclass
class Flows:
    """Flows counted by municipality of 2020-2023.

    Attributes
    ----------
    workers : (home, workplace) -> persons, above 0.
    divided : pairs that contain a share of a municipality that was divided.
    left_out : place that is no municipality -> persons who live or work there.
    numbers : municipalities' numbers in the file that have workers -> line.
    """

    workers: dict[_Pair, float] = field(default_factory=lambda: defaultdict(float))
    divided: set[_Pair] = field(default_factory=set)
    left_out: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    numbers: dict[str, int] = field(default_factory=dict)


def checked_flows(
    table: FlowTable,
    file: Path,
    municipalities: pd.DataFrame,
    aliases: pd.DataFrame,
    gazetteer: Gazetteer,
    *,
    inhabitants: pd.Series[int],
) -> Flows:
    """Check every row, and count the flows by municipality of 2020-2023.

    Raises
    ------
    DataError : all faults at once: unknown numbers, negative, missing or fractional figures,
        pairs given twice, totals that their parts do not add up to, numbers of two vintages,
        municipalities without a row, more employed residents than inhabitants.
    """
    faults: list[Fault] = []
    rows = list(_read(table.rows, file, faults))
    faults += _duplicates(rows, file)
    faults += _wrong_totals(rows, file)
    parts = [row for row in rows if not (_is_total(row.home) or _is_total(row.workplace))]
    meaning = _Meaning(gazetteer, file)
    flows = _converted(parts, meaning)
    faults += meaning.faults
    faults += _mixed(flows.numbers, Vintages.of(municipalities, aliases), file)
    if not faults:
        faults += _incomplete(flows, inhabitants, gazetteer, file)
    if faults:
        raise DataError(_first(faults, file))
    return flows


def _read(rows: Iterable[FlowRow], file: Path, faults: list[Fault]) -> Iterator[FlowRow]:
    """Give rows with a figure in persons; rows that cannot occur ('.') are left out."""
    for row in rows:
        if str(row.workers).strip() in _NO_FIGURE:
            continue
        workers = _persons(row.workers)
        if workers is None:
            shown = "nothing" if row.workers in (None, "") else repr(row.workers)
            message = f"got {shown}, expected a whole number of persons, 0 or more."
            faults.append(Fault(str(file), row.line, "workers", message))
        else:
            yield FlowRow(row.line, row.home, row.workplace, workers)


def _persons(figure: Any) -> float | None:  # noqa: ANN401 - a cell may hold anything
    if isinstance(figure, str) and (digits := _WHOLE.fullmatch(figure.strip())):
        return 0.0 if digits[0] == "-" else float(_SPACES.sub("", digits[1]))
    if isinstance(figure, int | float) and not isinstance(figure, bool):
        return float(figure) if figure >= 0 and figure == round(figure) else None
    return None


def _duplicates(rows: list[FlowRow], file: Path) -> Iterator[Fault]:
    first: dict[_Pair, int] = {}
    for row in rows:
        pair = (_key(row.home), _key(row.workplace))
        if pair in first:
            message = f"{row.home} to {row.workplace} stands on line {first[pair]} already."
            yield Fault(str(file), row.line, "home", message)
        else:
            first[pair] = row.line


def _wrong_totals(rows: list[FlowRow], file: Path) -> Iterator[Fault]:
    """Compare rows that sum up others with their parts."""
    sums: dict[tuple[str | None, str | None], float] = defaultdict(float)
    totals: dict[tuple[str | None, str | None], FlowRow] = {}
    for row in rows:
        home, workplace = (
            None if _is_total(label) else _key(label) for label in (row.home, row.workplace)
        )
        if home is None or workplace is None:
            totals[home, workplace] = row
            continue
        sums[home, None] += row.workers
        sums[None, workplace] += row.workers
        sums[None, None] += row.workers
    for pair, row in totals.items():
        if abs(sums[pair] - row.workers) > _ROUNDING:
            message = f"the total is {row.workers:.0f}, but its parts add up to {sums[pair]:.0f}."
            yield Fault(str(file), row.line, "workers", message)


class _Meaning:
    """What labels mean: municipalities of 2020-2023, or a place that is none."""

    def __init__(self, gazetteer: Gazetteer, file: Path) -> None:
        self.faults: list[Fault] = []
        self._gazetteer = gazetteer
        self._file = str(file)
        self._known: dict[str, Mapping[str, float] | None] = {}

    def shares(self, label: str, line: int, end: str) -> Mapping[str, float] | None:
        """Return the share 0-1 by code; empty if no municipality, None (and a fault) if unknown."""
        if label not in self._known:
            self._known[label] = self._looked_up(label, line, end)
        return self._known[label]

    def _looked_up(self, label: str, line: int, end: str) -> Mapping[str, float] | None:
        number = _key(label)
        try:
            if number == label and label:  # a name without a number
                return {self._gazetteer.resolve(label): 1.0}
            return self._gazetteer.codes_and_shares(number)
        except (UnknownMunicipalityError, AmbiguousMunicipalityError) as error:
            if _ELSEWHERE.search(label) or _ELSEWHERE_NUMBER.fullmatch(number):
                return {}
            near = getattr(error, "nearest", ())
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            message = f"got {label!r}, expected a municipality's number of four digits.{hint}"
            self.faults.append(Fault(self._file, line, end, message))
            return None


def _converted(rows: list[FlowRow], meaning: _Meaning) -> Flows:
    flows = Flows()
    for row in rows:
        if row.workers == 0:
            continue
        homes = meaning.shares(row.home, row.line, "home")
        workplaces = meaning.shares(row.workplace, row.line, "workplace")
        for label, found in ((row.home, homes), (row.workplace, workplaces)):
            if found:
                flows.numbers.setdefault(_key(label), row.line)
        if homes is None or workplaces is None:
            continue
        if not homes or not workplaces:
            flows.left_out[row.workplace if homes else row.home] += row.workers
        for home, home_share in homes.items():
            for workplace, workplace_share in workplaces.items():
                flows.workers[home, workplace] += row.workers * home_share * workplace_share
                if len(homes) * len(workplaces) > 1:
                    flows.divided.add((home, workplace))
    return flows


def _mixed(numbers: Mapping[str, int], vintages: Vintages, file: Path) -> Iterator[Fault]:
    """Find numbers that were never in use at the same time."""
    if not numbers:
        return
    newest = max(numbers, key=lambda number: vintages.first.get(number, 0))
    oldest = min(numbers, key=lambda number: vintages.last.get(number, 9999))
    since, until = vintages.first.get(newest, 0), vintages.last.get(oldest, 9999)
    if since > until:
        message = (
            f"numbers of two vintages: {newest} (line {numbers[newest]}) is in use since {since}, "
            f"{oldest} (line {numbers[oldest]}) was until {until}. Expected numbers of one year."
        )
        yield Fault(str(file), max(numbers[newest], numbers[oldest]), "", message)


def _incomplete(
    flows: Flows, inhabitants: pd.Series[int], gazetteer: Gazetteer, file: Path
) -> Iterator[Fault]:
    """Find municipalities without employed residents or jobs, or with too many of them."""
    employed: dict[str, float] = defaultdict(float)
    jobs: dict[str, float] = defaultdict(float)
    for (home, workplace), workers in flows.workers.items():
        employed[home] += workers
        jobs[workplace] += workers
    for end, sums in (("home", employed), ("workplace", jobs)):
        missing = [gazetteer.unique_name(code) for code in inhabitants.index if code not in sums]
        if missing:
            message = (
                f"nobody for {len(missing)} of {len(inhabitants)} municipalities: "
                f"{', '.join(missing[:5])}{' ...' if len(missing) > 5 else ''}. "  # noqa: PLR2004
                "Expected the whole country."
            )
            yield Fault(str(file), 0, end, message)
    for code, population in inhabitants.items():
        share = employed[str(code)] / population
        if share > 1 or 0 < share < LEAST_EMPLOYED_SHARE:
            message = (
                f"{employed[str(code)]:.0f} employed residents of {gazetteer.name(str(code))}, "
                f"which has {population} inhabitants. Expected {'fewer' if share > 1 else 'more'}."
            )
            yield Fault(str(file), 0, "workers", message)


@lru_cache(maxsize=10_000)
def _key(label: str) -> str:
    """Return the number that a label begins with, or the label."""
    numbered = _NUMBERED.match(label)
    return numbered[1] if numbered else label


@lru_cache(maxsize=10_000)
def _is_total(label: str) -> bool:
    return bool(_TOTAL.fullmatch(label))


def _first(faults: list[Fault], file: Path) -> list[Fault]:
    """Keep the first faults, and say how many more there are."""
    ordered = sorted(faults)
    if len(ordered) <= MOST_FAULTS:
        return ordered
    more = Fault(str(file), ordered[-1].line, "", f"and {len(ordered) - MOST_FAULTS} more faults.")
    return [*ordered[:MOST_FAULTS], more]
