"""A result as a folder of files."""

from __future__ import annotations

import datetime as dt
import json
import platform
from pathlib import Path

from planner import __version__
from planner.io.registry import Bundle
from planner.present.document import as_document, municipality_table
from planner.present.maps import plan_features, plan_map_html
from planner.result import Result


def write_files(result: Result, folder: Path, bundle: Bundle | None = None) -> None:
    """Write ``result.json``, ``manifest.json`` and, for a plan, its table, GeoJSON and map.

    All but the manifest are the same, byte for byte, for the same input; the manifest says when,
    where and from which data the others were made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _write_json(folder / "result.json", as_document(result))
    if result.plan is not None:
        table = municipality_table(result.instance, result.plan)
        table.to_csv(folder / "municipalities.csv", float_format="%.6g", index_label="code")
        _write_json(folder / "plan.geojson", plan_features(result.instance, result.plan))
        page = plan_map_html(result.instance, result.plan)
        (folder / "map.html").write_text(page, encoding="utf-8")
    _write_json(folder / "manifest.json", _manifest(result, bundle or Bundle()))


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


def _write_json(path: Path, document: object) -> None:
    written = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    path.write_text(written + "\n", encoding="utf-8")
