"""A result as a folder of files."""

from __future__ import annotations

import datetime as dt
import json
import platform
from collections.abc import Callable
from pathlib import Path

from planner._version import __version__
from planner.assess.municipality_table import municipality_table
from planner.io.bundle import Bundle
from planner.io.files import write_whole
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.pipeline.result import Result
from planner.present.maps.drawing import plan_drawing
from planner.present.maps.page import map_page, plan_features
from planner.present.result.document import as_document


def write_files(result: Result, folder: Path, bundle: Bundle) -> None:
    """Write the files of a result, and ``manifest.json``.

    All but the manifest are the same, byte for byte, for the same input; the manifest says when,
    where and from which data the others were made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, written in files_of(result, bundle).items():
        write_whole(folder / name, written().encode())
    manifest = _as_json(_manifest(result, bundle))
    write_whole(folder / "manifest.json", manifest.encode())


def files_of(result: Result, bundle: Bundle) -> dict[str, Callable[[], str]]:
    """Return what writes each file: ``result.json`` and, for a plan, its table, GeoJSON and map."""
    files: dict[str, Callable[[], str]] = {"result.json": lambda: _as_json(as_document(result))}
    plan, instance = result.plan, result.instance
    if plan is not None:
        files |= {
            "municipalities.csv": lambda: _as_csv(instance, plan),
            "plan.geojson": lambda: _as_json(plan_features(instance, plan, bundle)),
            "map.html": lambda: map_page(plan_drawing(instance, plan), bundle),
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
    }


def _as_csv(instance: Instance, plan: Plan) -> str:
    table = municipality_table(instance, plan)
    return str(table.to_csv(float_format="%.6g", index_label="code", lineterminator="\n"))


def _as_json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
