"""A result as a folder of files."""

from __future__ import annotations

import datetime as dt
import json
import platform
from collections.abc import Callable
from pathlib import Path

from planner._version import __version__
from planner.assess.access import municipality_table
from planner.io.bundle import Bundle
from planner.io.files import write_whole
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.pipeline.result import Result
from planner.present.maps.drawing import plan_drawing
from planner.present.maps.page import map_page, plan_features
from planner.present.result.document import as_document
from planner.present.result.exports import as_geopackage, as_workbook, known_values

#: Tables of which a plan's areas, names and centres are made.
SHAPES = ("boundaries", "municipalities")


def write_files(result: Result, folder: Path, bundle: Bundle) -> None:
    """Write the files of a result, and ``manifest.json``.

    All but the manifest are the same, byte for byte, for the same input; the manifest says when,
    where and from which data the others were made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, written in files_of(result, bundle).items():
        write_whole(folder / name, written())
    write_whole(folder / "manifest.json", _as_json(_manifest(result, bundle)))


def files_of(result: Result, bundle: Bundle) -> dict[str, Callable[[], bytes]]:
    """Return what writes each file: ``result.json`` and, for a plan, its tables, layers and map."""
    files: dict[str, Callable[[], bytes]] = {"result.json": lambda: _as_json(as_document(result))}
    plan, instance = result.plan, result.instance
    if plan is not None:
        files |= {
            "municipalities.csv": lambda: _as_csv(instance, plan),
            "municipalities.xlsx": lambda: as_workbook(instance, plan),
            "plan.geojson": lambda: _as_json(
                {
                    **plan_features(instance, plan, bundle),
                    "attribution": attribution(bundle, *SHAPES),
                }
            ),
            "plan.gpkg": lambda: as_geopackage(instance, plan, bundle),
            "map.html": lambda: map_page(plan_drawing(instance, plan), bundle).encode(),
        }
    return files


def _manifest(result: Result, bundle: Bundle) -> dict[str, object]:
    solve = result.solve
    return {
        "kontorplan": __version__,
        "made": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "scenario": str(result.scenario.path) if result.scenario.path else None,
        "solver": f"{solve.solver} {solve.version}" if solve else None,
        "solve_seconds": round(solve.seconds, 3) if solve else None,
        "data": {source.table: source.sha256 for source in bundle.sources.values()},
        "attribution": attribution(bundle),
    }


def attribution(bundle: Bundle, *tables: str) -> dict[str, str]:
    """Return table -> source and licence, which whoever passes a file on must name; of all or some.

    Parameters
    ----------
    tables : ids of tables; all that the bundle registers where none is given.
    """
    named = [bundle.source(table) for table in tables] or bundle.sources.values()
    return {one.table: f"{one.source} ({one.licence})" for one in named}


def _as_csv(instance: Instance, plan: Plan) -> bytes:
    table = known_values(municipality_table(instance, plan))
    written: str = table.to_csv(float_format="%.6g", index_label="code", lineterminator="\n")
    return written.encode()


def _as_json(document: object) -> bytes:
    written = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    return f"{written}\n".encode()
