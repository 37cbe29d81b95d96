"""The command `report`: which file it writes, and what it never replaces."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.cli import command_line as cli
from planner.cli import report as cli_report
from planner.present.report.formats.as_file import FORMATS
from planner.present.words.text import LANGUAGES
from tests.integration.test_main_job import HALLINGDAL

E = str(HALLINGDAL / "modell-e.yaml")


def test_formats_and_languages_are_those_that_exist() -> None:
    assert cli_report.FORMATS == FORMATS
    assert cli_report.LANGUAGES == LANGUAGES


def test_the_format_follows_the_ending_and_the_language_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "new" / "sak.html"
    code = cli.main(["report", E, str(HALLINGDAL / "modell-b.yaml"), "--out", str(path)])
    assert code == 0
    assert "Sammenligning av alternativer for Hallingdal" in path.read_text(encoding="utf-8")
    told = capsys.readouterr()
    assert told.out.strip() == str(path)
    assert told.err == "Pendlingen er fra 2022, mer enn tre år fra scenarioets dato.\n"
    code = cli.main(["report", E, "--out", str(path), "--language", "en", "--overwrite"])
    assert code == 0
    assert "What gets worse, and for whom" in path.read_text(encoding="utf-8")
    assert [one.name for one in path.parent.iterdir()] == ["sak.html"]


def test_a_document_that_people_write_in_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "modell-e.docx").write_text("skrevet for hånd")
    assert cli.main(["report", E]) == 2
    assert "--overwrite" in capsys.readouterr().err
    assert (tmp_path / "modell-e.docx").read_text() == "skrevet for hånd"


def test_a_request_without_an_answer_is_told_and_written(tmp_path: Path) -> None:
    request = tmp_path / "request.yaml"
    request.write_text(
        "schema: 1\ntitle: Umulig\nregion: {council: Hallingdal}\n"
        "propose: {constraints: {offices: {max: 1}, max_travel_minutes: 20}}\n",
        encoding="utf-8",
    )
    out = tmp_path / "sak.html"
    assert cli.main(["report", str(request), "--out", str(out)]) == 3
    assert "ingen plan oppfyller alle kravene" in out.read_text(encoding="utf-8")


def test_too_many_or_of_several_regions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = str(HALLINGDAL.parent / "sor-salten" / "vertskommune.yaml")
    assert cli.main(["report", E, other, "--out", str(tmp_path / "sak.docx")]) == 2
    assert "different regions" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
