"""Municipalities of 2020-2023, and what their numbers and names were before and after."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import pandas as pd
import pandera.pandas as pa

from planner.errors import DataError, Fault
from planner.io.bundle import Bundle
from planner.io.csv_table import read_table

#: County that the first two digits of a number stand for, in any vintage since 2004.
COUNTIES_BY_PREFIX: Mapping[str, str] = {
    "01": "Østfold", "02": "Akershus", "03": "Oslo", "04": "Hedmark", "05": "Oppland",
    "06": "Buskerud", "07": "Vestfold", "08": "Telemark", "09": "Aust-Agder", "10": "Vest-Agder",
    "11": "Rogaland", "12": "Hordaland", "14": "Sogn og Fjordane", "15": "Møre og Romsdal",
    "16": "Sør-Trøndelag", "17": "Nord-Trøndelag", "18": "Nordland", "19": "Troms",
    "20": "Finnmark", "30": "Viken", "31": "Østfold", "32": "Akershus", "33": "Buskerud",
    "34": "Innlandet", "38": "Vestfold og Telemark", "39": "Vestfold", "40": "Telemark",
    "42": "Agder", "46": "Vestland", "50": "Trøndelag", "54": "Troms og Finnmark",
    "55": "Troms", "56": "Finnmark",
}  # fmt: skip

NUMBER = r"^\d{4}$"
_number = [
    pa.Check.str_matches(NUMBER, error="a number of four digits"),
    pa.Check(
        lambda numbers: numbers.str[:2].isin(COUNTIES_BY_PREFIX),
        error="a number that begins with the two digits of a county",
    ),
]
_trimmed = pa.Check.str_matches(r"^\S(.*\S)?$", error="a name without blanks around it")
_provenance = pa.Check.isin(["observed", "estimated"])

#: Explained in data/README.md.
ALIAS_SOURCES = ["klass_131", "name_in_use", "published_split", "split_estimate"]

MUNICIPALITIES = pa.DataFrameSchema(
    {
        "code": pa.Column(str, _number, unique=True),
        "code_2024": pa.Column(str, _number, unique=True),
        "name": pa.Column(str, _trimmed),
        "county": pa.Column(str, _trimmed),
        "centre_name": pa.Column(str, _trimmed),
        "centre_lon": pa.Column(float, pa.Check.in_range(4, 32)),
        "centre_lat": pa.Column(float, pa.Check.in_range(57, 72)),
        "regional_council": pa.Column(str, _trimmed, nullable=True),
        "centre_provenance": pa.Column(str, _provenance),
        "centre_source": pa.Column(str),
        "regional_council_source": pa.Column(str, nullable=True),
    },
    strict=True,
    unique=["name", "county"],
)

ALIASES = pa.DataFrameSchema(
    {
        "code_old": pa.Column(str, _number),
        "name_old": pa.Column(str, _trimmed),
        "valid_to": pa.Column(pa.DateTime, nullable=True),
        "code": pa.Column(str, _number),
        "share": pa.Column(float, pa.Check.in_range(0, 1, include_min=False)),
        "provenance": pa.Column(str, _provenance),
        "source": pa.Column(str, pa.Check.isin(ALIAS_SOURCES)),
    },
    strict=True,
    unique=["code_old", "name_old", "code"],
)


def read_municipalities(bundle: Bundle) -> pd.DataFrame:
    """Read the municipalities of the 2020-2023 structure.

    Returns
    -------
    Index ``code`` (four digits, sorted); columns name, code_2024, county (of 2024), centre_name,
    centre_lon and centre_lat (degrees), regional_council (missing where not known), and where the
    centre and the council come from.

    Raises
    ------
    DataError : the table is missing, changed, does not fit `MUNICIPALITIES`, or gives one
        municipality the number of 2024 that another had in 2020-2023.
    """
    table = read_table(bundle, "municipalities", MUNICIPALITIES)
    codes = set(table["code"])
    file = str(bundle.present("municipalities"))
    faults = [
        Fault(file, row + 2, "code_2024", f"{number!r} is another's number of 2020-2023.")
        for row, (code, number) in enumerate(zip(table["code"], table["code_2024"], strict=True))
        if number != code and number in codes
    ]
    if faults:
        raise DataError(faults)
    return table.set_index("code").sort_index()


def read_aliases(bundle: Bundle, municipalities: pd.DataFrame) -> pd.DataFrame:
    """Read numbers and names that municipalities had before 2020 or have since 2024.

    Parameters
    ----------
    bundle : folder of registered tables.
    municipalities : as `read_municipalities` gives them.

    Returns
    -------
    One row for each old number, name and municipality of 2020-2023 that got a share of its
    inhabitants: code_old, name_old, valid_to (last day; missing if still valid), code,
    share (0-1), provenance and source of the share.

    Raises
    ------
    DataError : the table is missing, changed, does not fit `ALIASES`, or contradicts the
        municipalities or itself: an unknown municipality, a number that means another
        municipality in 2020-2023 or 2024, shares that do not add up, one number with two
        meanings.
    """
    aliases = read_table(bundle, "aliases", ALIASES)
    file = str(bundle.present("aliases"))
    faults = [*_number_faults(aliases, municipalities, file), *_share_faults(aliases, file)]
    if faults:
        raise DataError(faults)
    return aliases


def shares_by_name(aliases: pd.DataFrame) -> dict[tuple[str, str], dict[str, float]]:
    """Return each old number and name with the share 0-1 of its inhabitants by code."""
    shares: dict[tuple[str, str], dict[str, float]] = {}
    columns = (aliases[name].tolist() for name in ("code_old", "name_old", "code", "share"))
    for number, name, code, share in zip(*columns, strict=True):
        shares.setdefault((number, name), {})[code] = share
    return shares


def _number_faults(
    aliases: pd.DataFrame, municipalities: pd.DataFrame, file: str
) -> Iterator[Fault]:
    """Find rows that contradict the numbers of 2020-2023 and 2024."""
    owner = dict(zip(municipalities["code_2024"], municipalities.index, strict=True))
    owner |= {code: code for code in municipalities.index}
    for row, (number, code) in enumerate(zip(aliases["code_old"], aliases["code"], strict=True)):
        if code not in municipalities.index:
            message = f"{code!r} is no municipality of 2020-2023."
            yield Fault(file, row + 2, "code", message)
        elif owner.get(number, code) != code:
            message = f"{number!r} means {owner[number]} since 2020 or 2024, not {code}."
            yield Fault(file, row + 2, "code_old", message)


def _share_faults(aliases: pd.DataFrame, file: str) -> Iterator[Fault]:
    """Find names whose shares do not add up, and numbers whose names disagree."""
    lines = {
        named: row + 2
        for row, named in enumerate(
            zip(aliases["code_old"].tolist(), aliases["name_old"].tolist(), strict=True)
        )
    }
    shares_of_number: dict[str, dict[str, float]] = {}
    for (number, name), shares in shares_by_name(aliases).items():
        line = lines[number, name]
        if not math.isclose(sum(shares.values()), 1):
            message = f"the shares of {number} {name} add up to {sum(shares.values()):g}, not 1."
            yield Fault(file, line, "share", message)
        if shares_of_number.setdefault(number, shares) != shares:
            message = f"{number} means something else under another of its names."
            yield Fault(file, line, "code_old", message)
