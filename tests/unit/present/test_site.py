"""A static site: whole, alone in the world, the same every time, and never half-written."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import pytest

from planner.cli import command_line as cli
from planner.pipeline.run_scenario import run
from planner.present.result.document import as_document
from planner.present.site.pages import Files, site_files
from planner.present.site.regions import regions_of
from planner.present.site.writing import OccupiedFolderError, write_site
from planner.present.words.text import amount
from planner.scenario.load import load_scenario
from tests.support.data import DATA
from tests.support.paths import ROOT

SCENARIOS = ROOT / "scenarios"
TITLE = "</title><script>alert(1)</script> \"'& \U0001f3d4 \u202bעברית\u202c " + "lang " * 45
OWN = f"""schema: 1
title: {json.dumps(TITLE, ensure_ascii=False)}
description: "<img src=x onerror=alert(2)>"
region: {{municipalities: [Meløy, Rødøy, Gildeskål]}}
groups: [{{host: Meløy, members: [Rødøy, Gildeskål], locations: {{Rødøy: 1}}}}]
"""
IMPOSSIBLE = """schema: 1
title: Umulig
region: {municipalities: [Meløy, Rødøy, Gildeskål]}
propose: {constraints: {min_fte: 900, exempt: never}}
"""


class Page(HTMLParser):
    """What a browser would fetch or follow, what it would run, and the headings."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.scripts: list[str] = []
        self.handlers: list[str] = []
        self.identifiers: list[str] = []
        self.levels: list[int] = []
        self.without_alternative = 0
        self.feed(content)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        self.addresses += [found[name] for name in ("href", "src") if name in found]
        self.handlers += [name for name in found if name.startswith("on")]
        self.identifiers += [found["id"]] if "id" in found else []
        if tag == "script":
            self.scripts.append(found.get("src", "inline"))
        if tag == "img" and not found.get("alt"):
            self.without_alternative += 1
        if tag == "iframe" and not found.get("title"):
            self.without_alternative += 1
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.levels.append(int(tag[1]))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("scenarios") / "Sør & <b>Salten"
    made.mkdir()
    (made / "felles plan.yaml").write_text(OWN, encoding="utf-8")
    (made / "forslag.yaml").write_text(IMPOSSIBLE, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def files(folder: Path) -> Files:
    own = [folder / "forslag.yaml", folder / "felles plan.yaml"]
    return site_of(own + [SCENARIOS / "hallingdal" / f"modell-{one}.yaml" for one in "be"])


def site_of(paths: list[Path]) -> Files:
    results = [run(load_scenario(path)) for path in paths]
    return site_files(regions_of(results), DATA)


def pages(files: Files) -> Iterator[tuple[str, Page]]:
    """Yield the site's own pages; those in ``kart`` are folium's."""
    for path, content in files.items():
        if path.endswith(".html") and "/kart/" not in path:
            yield path, Page(content)


def test_every_link_leads_to_a_file_of_the_site(files: Files) -> None:
    followed = 0
    for path, page in pages(files):
        for address in page.addresses:
            parts = urlsplit(address)
            if parts.scheme == "data":
                assert address.startswith("data:image/svg+xml;base64,")
                continue
            assert (parts.scheme, parts.netloc) == ("", ""), address
            if not parts.path:
                assert parts.fragment in page.identifiers
                continue
            target = os.path.normpath(PurePosixPath(path).parent / parts.path)
            assert target in files, (path, address)
            followed += 1
    assert followed > 100


def test_nothing_is_fetched_from_elsewhere(files: Files) -> None:
    for path, content in files.items():
        if path.endswith(".html"):
            addresses = [one for one in Page(content).addresses if "://" in one or one[:2] == "//"]
            assert addresses == [], path
        if path.endswith(".css"):
            assert "url(http" not in content.replace('"', "")
            assert "@import" not in content


def test_pages_run_no_script_of_their_own(files: Files) -> None:
    """Their policy lets nothing through that is written into a page."""
    for path, content in files.items():
        if path.endswith(".html") and "/kart/" not in path:
            policy = re.search(r'"Content-Security-Policy" content="([^"]*)"', content)
            assert policy is not None, path
            assert "default-src 'none'" in policy[1]
            assert "unsafe" not in policy[1]
            assert "inline" not in Page(content).scripts, path
            assert not re.search(r"<style| style=", content), path


def test_text_from_files_is_only_text(files: Files) -> None:
    for path, page in pages(files):
        assert {Path(one).name for one in page.scripts} == {"site.js"}, path
        assert page.handlers == [], path
        assert page.without_alternative == 0, path
    for path, content in files.items():
        if "alert(1)" in content and path != "manifest.json":
            assert "<script>alert(1)" not in content, path
    assert "&lt;/title&gt;&lt;script&gt;" in files["index.html"]
    own = next(page for path, page in pages(files) if "felles-plan" in path)
    assert "x" not in own.addresses


def test_headings_have_one_first_and_no_gaps(files: Files) -> None:
    for path, page in pages(files):
        assert page.levels.count(1) == 1, path
        assert page.levels[0] == 1, path
        steps = zip(page.levels, page.levels[1:], strict=False)
        assert all(below - above <= 1 for above, below in steps), path


def test_pages_show_the_figures_of_the_run(files: Files) -> None:
    document = as_document(run(load_scenario(SCENARIOS / "hallingdal/modell-e.yaml")))
    page = files["hallingdal/scenario-modell-e.html"]
    for key, one in document["indicators"].items():
        assert f"<td>{amount(one['value'], one['unit'], one['provenance'])}</td>" in page, key
    for row in document["municipalities"]:
        assert f'kommune-{row["code"]}.html">{row["name"]}</a>' in page
        assert f"<td>{amount(row['minutes'], 'min')}</td>" in page
    comparison = files["hallingdal/sammenlign.html"]
    assert "−87,6" in comparison.replace("\u00a0", " ")


def test_a_plan_that_does_not_exist_is_said(files: Files) -> None:
    (path,) = (one for one in files if one.endswith("scenario-forslag.html"))
    assert "Ingen plan oppfyller kravene" in files[path]
    cards = files["index.html"]
    assert cards.index("felles-plan") < cards.index("scenario-forslag")


def test_leaflet_lies_there_once(files: Files) -> None:
    holding = [path for path, content in files.items() if "Vladimir Agafonkin" in content]
    assert holding == ["assets/leaflet.js"]
    own = "hallingdal/kart/modell-e.html"
    assert 'src="../../assets/leaflet.js"' in files[own]


def test_same_scenarios_same_bytes(files: Files, folder: Path, tmp_path: Path) -> None:
    """By the command, in another process, whose sets are shuffled anew."""
    paths = [folder / "forslag.yaml", folder / "felles plan.yaml"]
    paths += [SCENARIOS / "hallingdal" / f"modell-{one}.yaml" for one in "be"]
    done = subprocess.run(
        [sys.executable, "-m", "planner.cli", "publish", tmp_path / "ut", *paths],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONHASHSEED": "7"},
    )
    assert done.returncode == 3, done.stderr  # one scenario has no plan
    assert "Ingen plan oppfyller kravene" in done.stderr
    present = [one for one in (tmp_path / "ut").rglob("*") if one.is_file()]
    written = {
        one.relative_to(tmp_path / "ut").as_posix(): one.read_text(encoding="utf-8")
        for one in present
    }
    assert written.keys() == files.keys()
    assert [path for path, content in files.items() if written[path] != content] == []


@cache
def _small() -> Files:
    return {"index.html": "en", "manifest.json": json.dumps(
        {"made_by": "planner publish", "files": {"index.html": "x"}})}  # fmt: skip


def test_an_earlier_site_is_replaced_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "nettsted"
    write_site(_small(), folder)
    write_site({**_small(), "index.html": "to"}, folder)
    assert (folder / "index.html").read_text() == "to"
    assert [one.name for one in tmp_path.iterdir()] == ["nettsted"]
    (folder / "brev.txt").write_text("mitt eget")
    with pytest.raises(OccupiedFolderError, match=r"brev\.txt"):
        write_site(_small(), folder)
    assert (folder / "brev.txt").read_text() == "mitt eget"
    assert (folder / "index.html").read_text() == "to"


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "brev.txt").write_text("mitt eget")
    (tmp_path / "manifest.json").write_text('{"made_by": "noen andre"}')
    with pytest.raises(OccupiedFolderError, match="is not empty"):
        write_site(_small(), tmp_path)
    with pytest.raises(OccupiedFolderError, match="is a file"):
        write_site(_small(), tmp_path / "brev.txt")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["brev.txt", "manifest.json"]


def test_a_full_disk_leaves_the_earlier_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "nettsted"
    write_site(_small(), folder)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space"):
        write_site(_small(), folder)
    monkeypatch.undo()
    assert (folder / "index.html").read_text() == "en"
    assert [one.name for one in tmp_path.iterdir()] == ["nettsted"]


def test_faults_of_all_files_are_told_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(SCENARIOS / "sor-salten/vertskommune.yaml", tmp_path / "god.yaml")
    (tmp_path / "en.yaml").write_text("schema: 1\ntitel: x\n", encoding="utf-8")
    (tmp_path / "to.yaml").write_text("schema: 2\n", encoding="utf-8")
    named = [str(tmp_path / f"{one}.yaml") for one in ("god", "en", "to")]
    assert cli.main(["publish", str(tmp_path / "ut"), *named]) == 2
    told = capsys.readouterr().err
    assert "en.yaml:2  titel" in told
    assert "to.yaml:1  schema" in told
    assert not (tmp_path / "ut").exists()


def test_other_languages(tmp_path: Path, folder: Path) -> None:
    out = tmp_path / "ut"
    plan = str(folder / "felles plan.yaml")
    assert cli.main(["publish", str(out), plan, "--language", "nn"]) == 0
    assert '<html lang="nn">' in (out / "index.html").read_text(encoding="utf-8")
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8"))["language"] == "nn"


def test_a_public_body_is_named_on_every_page(folder: Path, tmp_path: Path) -> None:
    asked = ["--contact", "post@example.no", "--accessibility", "https://example.no/erklaering"]
    file = str(folder / "felles plan.yaml")
    assert cli.main(["publish", str(tmp_path / "site"), file, *asked]) == 0
    for page in (tmp_path / "site").rglob("*.html"):
        if page.parent.name != "kart":
            content = page.read_text(encoding="utf-8")
            assert 'href="mailto:post@example.no"' in content
            assert 'href="https://example.no/erklaering"' in content
            assert "Tilgjengelighetserklæring" in content


@pytest.mark.parametrize(
    "wrong",
    [("--contact", "javascript:alert(1)"), ("--accessibility", "javascript:alert(1)")],
)
def test_only_addresses_of_mail_and_of_the_web_are_linked(wrong: tuple[str, str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["publish", "unused", "unused.yaml", *wrong])
