"""Jobs by municipality, and how well modelled flows agree with observed ones."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from planner.errors import DataError
from planner.io.bundle import DEFAULT_FOLDER, Bundle, seal
from planner.io.tables.commuting import read_commuting_fit, read_jobs
from planner.io.tables.municipalities import read_municipalities

NARVIK, HAMAROY, ALESUND, ORKLAND = "1806", "1875", "1507", "5059"


def test_every_municipality_has_jobs() -> None:
    jobs = read_jobs(Bundle())
    assert list(jobs.index) == list(read_municipalities(Bundle()).index)
    assert (jobs["jobs"] > 0).all()


def test_alesund_has_the_jobs_of_haram_too() -> None:
    assert read_jobs(Bundle()).loc[ALESUND, "jobs"] == 31_240 + 4_033


def test_missing_jobs_are_modelled_by_the_stated_rule() -> None:
    """Inhabitants x median of jobs per inhabitant in the 20 nearest in population."""
    jobs = read_jobs(Bundle())
    population = read_municipalities(Bundle())["population"]
    known = jobs["provenance"] == "observed"
    rate = (jobs["jobs"] / population)[known]
    missing = jobs.index[~known]
    assert list(missing) == [NARVIK, HAMAROY, "5055", "5056", ORKLAND]
    for code in missing:
        ratio = population[known] / population[code]
        apart = ratio.where(ratio > 1, 1 / ratio)
        expected = rate[apart.nsmallest(20).index].median() * population[code]
        assert jobs.loc[code, "jobs"] == pytest.approx(expected, abs=0.5)
        assert jobs.loc[code, "provenance"] == "modelled"


def test_a_municipality_without_jobs_row_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DEFAULT_FOLDER, folder)
    lines = (folder / "jobs.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(NARVIK)]
    (folder / "jobs.csv").write_text("".join(kept), encoding="utf-8")
    seal(folder)
    with pytest.raises(DataError, match=NARVIK):
        read_jobs(Bundle(folder))


def test_the_fit_is_registered_for_every_county() -> None:
    fit = read_commuting_fit(Bundle())
    counties = set(read_municipalities(Bundle())["county"])
    assert counties < set(fit["region"])
    assert {"Hallingdal", "Norge"} < set(fit["region"])
