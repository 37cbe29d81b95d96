"""Importing observed commuting flows, so that they are used instead of modelled ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from planner.errors import DataError, Fault
from planner.io.bundle import REGISTER, Bundle, checksum, write_register
from planner.io.files import write_whole
from planner.io.gazetteer import Gazetteer
from planner.io.imports.commuting_checks import checked_flows
from planner.io.imports.commuting_export import FlowTable, open_table
from planner.io.tables.commuting import COMMUTERS
from planner.io.tables.municipalities import read_aliases, read_municipalities
from planner.io.tables.population import read_population

COMMUTERS_TABLE = "commuters.csv"


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
    table = open_table(file, year)
    flows_year = _the_year(table, file, year)
    gazetteer = Gazetteer(municipalities, aliases)
    inhabitants = _inhabitants(bundle, flows_year)
    flows = checked_flows(table, file, municipalities, aliases, gazetteer, inhabitants=inhabitants)
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


def _inhabitants(bundle: Bundle, year: int) -> pd.Series[int]:
    """Return inhabitants by code in the counted year that is nearest to a year."""
    counted = read_population(bundle)
    nearest = min(counted["year"].unique(), key=lambda one: abs(one - year))
    rows = counted[counted["year"] == nearest]
    return pd.Series(rows["population"].to_numpy(), index=rows["code"]).sort_index()


def _the_year(table: FlowTable, file: Path, year: int | None) -> int:
    years = table.years or frozenset({year} if year else ())
    if len(years) == 1 and year in (None, *years):
        (found,) = years
        if found <= datetime.now(UTC).year:
            return found
        message = f"figures of {found}, which is to come. Expected a year that has been counted."
        raise DataError([Fault(str(file), 0, "year", message)])
    said = ", ".join(map(str, sorted(table.years)))
    message = (
        f"the figures are of {said}, not of {year}." if year and len(years) == 1
        else f"the figures are of several years: {said}. Expected one." if said
        else "the file does not say of which year the figures are. Expected --year."
    )  # fmt: skip
    raise DataError([Fault(str(file), 0, "year", message)])


def _registration(table: FlowTable, file: Path, year: int) -> dict[str, str]:
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
