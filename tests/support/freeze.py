"""Checksums of everything the product prints and writes about its shipped scenarios.

A step that claims to change nothing is held to them; one that changes figures or words writes them
anew with `python -m tests.support.freeze`, and the difference of `tests/golden/frozen.json` shows
in the commit what a planner will see differently.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from planner.cli import main
from planner.pipeline.result import Result
from planner.pipeline.run_scenario import run
from planner.present.result.explain import explain
from planner.scenario.load import load_scenario
from planner.today import VARIABLE
from tests.support.data import DATA
from tests.support.paths import ROOT, SCENARIOS

FROZEN = ROOT / "tests" / "golden" / "frozen.json"
SHIPPED = sorted(SCENARIOS.glob("*/*.yaml"))
#: Folders whose documents and sites are frozen too; of the others, every figure is.
DOCUMENTED = ("agder", "hallingdal", "indre-salten", "nordland", "ofoten", "sor-salten")
FORMATS = ("docx", "pdf", "html", "xlsx")

Frozen = dict[str, str]


def frozen_outputs(paths: list[Path]) -> Frozen:
    """Return output name -> sha256, for scenarios of one region."""
    outputs = {name: checksum(content) for name, content in _outputs(paths)}
    return dict(sorted(outputs.items()))


def by_region() -> dict[str, list[Path]]:
    """Return folder -> its scenarios."""
    folders: dict[str, list[Path]] = {}
    for path in SHIPPED:
        folders.setdefault(path.parent.name, []).append(path)
    return folders


def checksum(content: str | bytes) -> str:
    """Return the first 16 digits of the sha256."""
    raw = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(raw).hexdigest()[:16]


def _outputs(paths: list[Path]) -> Iterator[tuple[str, str | bytes]]:
    region = paths[0].parent.name
    if region not in DOCUMENTED:
        for path in paths:
            yield f"{region}/{path.stem} json", _printed("run", path, "--json")
        return
    for path in paths:
        name = f"{region}/{path.stem}"
        yield f"{name} run", _printed("run", path)
        yield f"{name} json", _printed("run", path, "--json")
        yield f"{name} findings", _printed("run", path, "--findings")
        yield f"{name} explain", _explained(run(load_scenario(path)))
        if load_scenario(path).propose:
            yield f"{name} why", _printed("propose", path, "--why", _last_member(path))
        yield from _reports(name, path)
    yield f"{region} compare", _printed("compare", *paths)
    yield from _site(region, paths)


def _reports(name: str, path: Path) -> Iterator[tuple[str, bytes]]:
    with tempfile.TemporaryDirectory() as folder:
        for kind in FORMATS:
            out = Path(folder) / f"case.{kind}"
            _printed("report", path, "--out", out)
            yield f"{name} {kind}", out.read_bytes()


def _site(region: str, paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        _printed("publish", site, *paths)
        for file in sorted(site.rglob("*")):
            if file.is_file():
                yield f"{region} site {file.relative_to(site)}", file.read_bytes()


def _printed(*arguments: str | Path) -> str:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([str(argument) for argument in arguments])
    return out.getvalue() + f"\nexit {code}\n"


def _explained(result: Result) -> str:
    return "\n\n".join(explain(result, key, DATA) for key in result.scores)


def _last_member(path: Path) -> str:
    plan = run(load_scenario(path)).plan
    assert plan is not None
    return max(code for code, host in plan.host_of.items() if code != host)


def write() -> None:
    """Write the checksums anew."""
    outputs: Frozen = {}
    for paths in by_region().values():
        outputs |= frozen_outputs(paths)
    FROZEN.write_text(json.dumps(outputs, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    os.environ[VARIABLE] = "2026-11-30"
    write()
