"""The scenarios of a site, region by region, and where each of its pages lies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.pipeline.result import Result
from planner.present.words.text import keys, text

#: Letters that addresses had better be without.
PLAIN_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})


@dataclass(frozen=True, eq=False)
class SiteRegion:
    """The scenario files of one folder.

    Attributes
    ----------
    key : name of its folder in the site.
    name : as people read it.
    results : scenario's key -> its result.
    """

    key: str
    name: str
    results: dict[str, Result]


def regions_of(results: Sequence[Result]) -> list[SiteRegion]:
    """Gather results by the folder of their files, in the order of the files.

    Plans drawn by people come before those that were asked for.
    """
    folders: dict[Path, list[Result]] = {}
    for result in sorted(results, key=lambda one: one.scenario.propose is not None):
        folders.setdefault(_path(result).resolve().parent, []).append(result)
    region_keys = _distinct(folder.name for folder in folders)
    return [
        SiteRegion(
            key,
            region_name(folder.name),
            dict(zip(_distinct(_path(one).stem for one in own), own, strict=True)),
        )
        for key, (folder, own) in zip(region_keys, folders.items(), strict=True)
    ]


def region_name(folder: str) -> str:
    """Return what a folder of scenarios is called."""
    key = f"region.{folder}"
    return text(key) if key in keys() else folder.replace("_", " ")


def _path(result: Result) -> Path:
    return result.scenario.path or Path("scenario.yaml")


def _distinct(names: Iterable[str]) -> list[str]:
    """Turn names into parts of addresses: few letters, and each only once."""
    found: list[str] = []
    for name in names:
        plain = re.sub("[^a-z0-9]+", "-", name.lower().translate(PLAIN_LETTERS)).strip("-")
        base = plain or "side"
        number, key = 1, base
        while key in found:
            number += 1
            key = f"{base}-{number}"
        found.append(key)
    return found
