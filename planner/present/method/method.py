"""Data and method as tables: registered tables, parameters, formulas, road checks, licences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import metadata, resources
from typing import Any

import pandas as pd

from planner.assess.scorecard import FAMILIES
from planner.io.bundle import Bundle
from planner.io.tables.assumptions import load_assumptions
from planner.present.method.data_status import FIT
from planner.present.words.data_words import parameter_meaning, parameter_unit
from planner.present.words.text import exact, keys, number, text

CHECKSUM_LETTERS = 12
FACTS = "facts without protection"


def table_frame(bundle: Bundle) -> pd.DataFrame:
    """Return the registered tables with vintage, provenance, licence, source and checksum."""
    rows = [
        {
            text("method.file"): source.table,
            text("status.vintage"): source.vintage,
            text("method.provenance"): text(f"provenance.{source.provenance}"),
            text("status.licence"): source.licence,
            text("method.source"): source.source,
            text("method.checksum"): source.sha256[:CHECKSUM_LETTERS],
        }
        for source in bundle.sources.values()
    ]
    return pd.DataFrame(rows)


def parameter_frame(bundle: Bundle) -> pd.DataFrame:
    """Return every parameter with meaning, value, range, unit, provenance and source."""
    rows = [
        {
            text("method.meaning"): parameter_meaning(name, entry.meaning),
            text("method.value"): exact(entry.default),
            text("method.range"): f"{exact(entry.low)}–{exact(entry.high)}",
            text("method.unit"): parameter_unit(entry.unit),
            text("method.provenance"): text(f"provenance.{entry.provenance}"),
            text("method.source"): entry.source,
            text("method.parameter"): name,
        }
        for name, entry in load_assumptions(bundle).items()
    ]
    return pd.DataFrame(rows)


def families() -> list[str]:
    """Return the families of indicators, in the scorecard's order."""
    return list(FAMILIES)


def formula_frame(family: str) -> pd.DataFrame:
    """Return a family's indicators, each with its formula."""
    known = sorted(key for key in keys() if key.startswith(f"formula.{family}."))
    indicators = [key.removeprefix("formula.") for key in known]
    return pd.DataFrame(
        [
            {
                text("method.indicator"): text(f"indicator.{key}"),
                text("method.formula"): text(f"formula.{key}"),
                text("method.key"): key,
            }
            for key in indicators
        ]
    )


def fit_frame(fit: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return how well modelled commuting fits observed, region by region."""
    rows = [
        {
            text("status.region"): row["region"],
            text("status.flows"): text(f"flows.{row['flows'].replace(' ', '_')}"),
            **{text(f"status.{name}"): number(row[name], "share") for name in FIT},
        }
        for row in fit
    ]
    return pd.DataFrame(rows)


def licences(bundle: Bundle) -> dict[str, list[str]]:
    """Return the files under each licence of the register."""
    files: dict[str, list[str]] = {}
    for source in bundle.sources.values():
        files.setdefault(source.licence, []).append(source.table)
    return files


def licence_text(name: str) -> str:
    """Return a licence's text: ``CC BY 4.0``, ``MIT``, ``public domain`` or ``Leaflet``."""
    if name == "MIT":
        own = metadata.distribution("kontorplan").read_text("licenses/LICENSE")
        if own is None:
            raise FileNotFoundError("licenses/LICENSE")
        return own
    present = resources.files("planner.present")
    files = {
        "CC BY 4.0": ("method", "licences", "CC-BY-4.0.txt"),
        "public domain": ("method", "licences", "Natural-Earth.txt"),
        "Leaflet": ("maps", "leaflet", "LICENSE"),
    }
    return present.joinpath(*files[name]).read_text(encoding="utf-8")


def coverage_frame(known: pd.DataFrame, municipalities: pd.DataFrame) -> pd.DataFrame:
    """Write `planner.present.method.coverage.coverage` as people read it, a row a municipality."""
    columns = {
        text("method.municipality"): municipalities["name"],
        text("method.county"): municipalities["county"],
    }
    columns |= {
        text(f"status.{figure}"): known[figure].map(_provenances(known[figure]))
        for figure in known.columns
    }
    return pd.DataFrame(columns)


def _provenances(found: Iterable[str]) -> dict[str, str]:
    return {name: text(f"provenance.{name}") for name in set(found)}
