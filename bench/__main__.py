"""Measure Kontorplan beside its peers: one table, and all figures as JSON."""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from pathlib import Path

from bench.machine import machine, versions
from bench.measure import ROOT, Measurement, Piece, measure
from bench.table import Line, Row, Settings, table

FAMILIES = (
    "p_median",
    "or_library",
    "literature",
    "grouping",
    "max_p",
    "growth",
    "assess",
    "many",
)

_measure = cache(measure)


def main() -> None:
    """Measure some rows or all, print the table, and write it as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--only",
        nargs="+",
        default=[""],
        metavar="NAME",
        help=f"families ({', '.join(FAMILIES)}) or parts of a row's and its peer's names",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures here")
    parser.add_argument("--quick", action="store_true", help="small instances: does it all run?")
    parser.add_argument(
        "--reference",
        type=Path,
        default=ROOT.parent / "shared" / "reference",
        metavar="DIR",
        help="folder of or_library/, p_median/ and ssb/; rows that need them are left out without",
    )
    options = parser.parse_args()
    settings = Settings(options.quick, options.reference.resolve())
    rows = [row for family in FAMILIES for row in _rows(family, settings, options.only)]
    if not rows:
        parser.error(f"no row is called {' or '.join(options.only)}")
    about = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "quick": options.quick,
        "machine": machine(),
        "versions": versions(),
    }
    lines = []
    for row in rows:
        print(f"... {row.name}", file=sys.stderr, flush=True)
        lines.append(_line(row))
        if options.json:
            report = {**about, "rows": [line.as_json() for line in lines]}
            options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(table(lines))
    for note in dict.fromkeys(line.row.skipped for line in lines if line.row.skipped):
        print(note)


def _rows(family: str, settings: Settings, only: Sequence[str]) -> list[Row]:
    """Rows of a family that were asked for."""
    rows: list[Row] = import_module(f"bench.{family}").rows(settings)
    asked = [
        row
        for row in rows
        if family in only or any(part in f"{row.name} {row.peer_name}" for part in only)
    ]
    return [_without_peer(row) for row in asked]


def _without_peer(row: Row) -> Row:
    """Leave a peer out that is not installed, and say so."""
    if not row.needs or importlib.util.find_spec(row.needs):
        return row
    reason = f'{row.needs} is not installed, so it is not measured: pip install -e ".[bench]".'
    return Row(row.name, row.ours, tolerance=row.tolerance, skipped=reason)


def _line(row: Row) -> Line:
    def measured(piece: Piece | None) -> Measurement | None:
        return None if piece is None else _measure(piece)

    peer = measured(row.peer)
    if row.published is not None:
        peer = Measurement(facts={"objective": row.published})
    return Line(row, measured(row.ours), peer)


if __name__ == "__main__":
    main()
