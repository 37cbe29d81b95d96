"""Commuting: jobs by municipality, and observed flows once somebody has imported them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from planner.errors import DataError, Fault
from planner.io.bundle import REGISTER, Bundle, checksum, write_register
from planner.io.csv_table import read_table
from planner.io.files import write_whole
from planner.io.gazetteer import Gazetteer
from planner.io.imports.commuting_checks import checked_flows
from planner.io.imports.commuting_export import Table, open_table
from planner.io.tables.municipalities import read_aliases, read_municipalities
from planner.provenance import PROVENANCES

COMMUTERS_TABLE = "commuters.csv"

_CODE = pa.Check.str_matches(r"^\d{4}$", error="a municipality code of four digits")
_PERSONS = pa.Check.ge(0, error="a number of persons that is not negative")
_SHARE = pa.Check.in_range(0, 1, error="a share from 0 to 1")
_YEAR = pa.Check.in_range(2000, 2100, error="a year from 2000 to 2100")
_PROVENANCE = pa.Check.isin(PROVENANCES, error=f"one of {', '.join(PROVENANCES)}")

JOBS = pa.DataFrameSchema(
    {
        "code": pa.Column(str, _CODE, unique=True),
        "jobs": pa.Column(float, _PERSONS),
        "year": pa.Column(int, _YEAR),
        "provenance": pa.Column(str, _PROVENANCE),
        "source": pa.Column(str),
    },
    strict=True,
)

COMMUTERS = pa.DataFrameSchema(
    {
        "home": pa.Column(str, _CODE),
        "workplace": pa.Column(str, _CODE),
        "workers": pa.Column(float, _PERSONS),
        "year": pa.Column(int, _YEAR),
        "provenance": pa.Column(str, _PROVENANCE),
    },
    unique=["home", "workplace"],
    strict=True,
)

FIT = pa.DataFrameSchema(
    {
        "region": pa.Column(str),
        "flows": pa.Column(str),
        "cpc_true_margins": pa.Column(float, _SHARE),
        "cpc_shipped_margins": pa.Column(float, _SHARE),
        "trips": pa.Column(int, _PERSONS),
    },
    unique=["region", "flows"],
    strict=True,
)


def read_jobs(bundle: Bundle) -> pd.DataFrame:
    """Read the jobs of every municipality: employed persons by place of work.

    Returns
    -------
    Index ``code`` (sorted), every municipality of 2020-2023; columns ``jobs`` (persons),
    ``year``, ``provenance`` (``modelled`` where no figure is published), ``source``.

    Raises
    ------
    DataError : the table does not fit its schema, lacks a municipality or has another.
    """
    jobs = read_table(bundle, "jobs", JOBS).set_index("code").sort_index()
    codes = read_municipalities(bundle).index
    astray = sorted(jobs.index.symmetric_difference(codes))
    if astray:
        message = f"expected the municipalities of 2020-2023; missing or strange: {astray}."
        raise DataError([Fault(str(bundle.present("jobs")), 0, "code", message)])
    return jobs


def read_commuters(bundle: Bundle) -> pd.DataFrame | None:
    """Read observed flows, if they were imported.

    Returns
    -------
    Columns ``home``, ``workplace`` (codes of 2020-2023), ``workers`` (persons, above 0;
    fractional where a municipality was divided), ``year``, ``provenance``; pairs without
    commuters are left out. None where the bundle has no observed flows.

    Raises
    ------
    DataError : the table does not fit its schema, or names a municipality that does not exist.
    """
    if not bundle.has("commuters"):
        return None
    commuters = read_table(bundle, "commuters", COMMUTERS)
    codes = read_municipalities(bundle).index
    faults = [
        Fault(str(bundle.present("commuters")), row + 2, column, f"no municipality: {code!r}.")
        for column in ("home", "workplace")
        for row, code in enumerate(commuters[column])
        if code not in codes
    ]
    if faults:
        raise DataError(faults)
    return commuters


def read_commuting_fit(bundle: Bundle) -> pd.DataFrame:
    """Read how well modelled flows agree with observed ones, region by region.

    Returns
    -------
    Columns ``region`` (county of 2024, regional council, or Norge), ``flows`` (which of its
    flows), ``cpc_true_margins`` and ``cpc_shipped_margins`` (common part of commuters, share
    0-1, out of sample: with observed employed residents and jobs, and with the shipped ones),
    ``trips`` (observed commuters in these flows).

    Raises
    ------
    DataError : the table does not fit its schema.
    """
    return read_table(bundle, "commuting_fit", FIT)


@dataclass(frozen=True)
class ImportReport:
    """What an import of observed flows did.

    Attributes
    ----------
    file, table : the file read and the table written.
    year : year of the flows.
    pairs : pairs of municipalities of 2020-2023 with commuters, own ones among them.
    workers : persons in all of them.
    between : persons who work in another municipality than they live in.
    left_out : place that is no municipality -> persons who live or work there.
    divided : pairs that hold a share of a municipality that was divided since.
    """

    file: Path
    table: Path
    year: int
    pairs: int
    workers: float
    between: float
    left_out: Mapping[str, float]
    divided: int

    def __str__(self) -> str:
        summary = (
            f"{self.table}: {self.workers:.0f} employed persons of {self.year} in {self.pairs} "
            f"pairs of municipalities, {self.between:.0f} of them between two municipalities."
        )
        lines = [summary]
        if self.divided:
            lines.append(
                f"{self.divided} pairs hold a share of a municipality that was divided since; "
                "they are estimated, the others observed."
            )
        lines += [
            f"Left out: {workers:.0f} persons who live or work at {place!r}, no municipality."
            for place, workers in self.left_out.items()
        ]
        return "\n".join(lines)


def import_commuters(file: Path, *, year: int | None = None, folder: Path) -> ImportReport:
    """Import observed flows, so that they are used instead of modelled ones.

    Parameters
    ----------
    file : Statistics Norway's export of table 03321 (xlsx or csv), or a table with the columns
        home, workplace, workers and perhaps year (xlsx, csv, csv.gz); numbers of any one vintage.
    year : year of the flows; needed where the file does not say it.
    folder : bundle that gets the table ``commuters.csv`` and its row in the register.

    Raises
    ------
    DataError : the file cannot be read, has faults (all are named), says another year than
        `year`, or the folder cannot be written.
    """
    bundle = Bundle(folder)
    municipalities = read_municipalities(bundle)
    aliases = read_aliases(bundle, municipalities)
    table = open_table(file)
    flows_year = _the_year(table, file, year)
    flows = checked_flows(table, file, municipalities, aliases, Gazetteer(municipalities, aliases))
    commuters = pd.DataFrame(
        [
            (
                *pair,
                round(workers, 4),
                flows_year,
                "estimated" if pair in flows.divided else "observed",
            )
            for pair, workers in sorted(flows.workers.items())
        ],
        columns=list(COMMUTERS.columns),
    )
    target = folder / COMMUTERS_TABLE
    try:
        _write(commuters, target, _registration(table, file, flows_year), bundle)
    except OSError as error:
        message = f"the table cannot be written: {error.strerror}."
        raise DataError([Fault(str(target), 0, "", message)]) from None
    between = commuters["home"] != commuters["workplace"]
    return ImportReport(
        file=file,
        table=target,
        year=flows_year,
        pairs=len(commuters),
        workers=float(commuters["workers"].sum()),
        between=float(commuters.loc[between, "workers"].sum()),
        left_out=dict(flows.left_out),
        divided=len(flows.divided),
    )


def _the_year(table: Table, file: Path, year: int | None) -> int:
    years = table.years or frozenset({year} if year else ())
    if len(years) == 1 and year in (None, *years):
        return next(iter(years))
    said = ", ".join(map(str, sorted(table.years)))
    message = (
        f"the figures are of {said}, not of {year}." if year and len(years) == 1
        else f"the figures are of several years: {said}. Expected one." if said
        else "the file does not say of which year the figures are. Expected --year."
    )  # fmt: skip
    raise DataError([Fault(str(file), 0, "year", message)])


def _registration(table: Table, file: Path, year: int) -> dict[str, str]:
    publisher = "Statistics Norway, table 03321" if table.official else "Publisher not stated"
    return {
        "id": "commuters",
        "table": COMMUTERS_TABLE,
        "vintage": str(year),
        "licence": "CC BY 4.0" if table.official else "not stated",
        "provenance": "observed",
        "source": f"{publisher}; imported from {file.name}",
    }


def _write(
    commuters: pd.DataFrame, target: Path, registration: dict[str, str], bundle: Bundle
) -> None:
    """Replace the table, then its registration; a reader sees the old or the new table whole."""
    write_whole(target, commuters.to_csv(index=False, lineterminator="\n").encode())
    rows = [asdict(source) for name, source in bundle.sources.items() if name != "commuters"]
    rows.append(registration | {"sha256": checksum(target)})
    write_register(bundle.folder / REGISTER, rows)
