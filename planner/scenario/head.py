"""What a list of scenario files tells of each: its title, its region, and what it stands on.

The rest of a file is neither read nor checked, so that hundreds of files are listed at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from pydantic import BaseModel, ValidationError

from planner.io.gazetteer import Gazetteer
from planner.scenario.resolve import read_region
from planner.scenario.value_types import Title
from planner.scenario.vocabulary import Region
from planner.yamlfile.parse import read_lines
from planner.yamlfile.text_file import read_text
from planner.yamlfile.tree import TextFault

#: Those keys with all that belongs to them, which is indented.
_PARTS: Final = re.compile(r"^(?:title|region|baseline):.*\n?(?:[ \t#].*\n?|\n)*", re.MULTILINE)


Part = TypeVar("Part", bound=BaseModel)


@dataclass(frozen=True)
class Head:
    """The head of a scenario file.

    Attributes
    ----------
    title : the file's name where it has none that can be read.
    baseline : name of a file beside it, or a word; empty where it has none that can be read.
    codes : of the region's municipalities; none where they cannot be read.
    """

    title: str
    baseline: str = ""
    codes: frozenset[str] = frozenset()


class _Titled(BaseModel):
    title: Title


class _Placed(BaseModel):
    region: Region


class _Based(BaseModel):
    baseline: str


def read_head(path: Path, gazetteer: Gazetteer) -> Head:
    """Read the head of a scenario file, whatever else stands in it."""
    text = read_text(path)
    if isinstance(text, TextFault):
        return Head(path.stem)
    root = read_lines("".join(_PARTS.findall(text)) or text).root or read_lines(text).root
    found = root.plain() if root else None
    titled, based, placed = _fit(found, _Titled), _fit(found, _Based), _fit(found, _Placed)
    return Head(
        titled.title if titled else path.stem,
        based.baseline if based else "",
        frozenset(read_region(placed.region, gazetteer).members if placed else ()),
    )


def _fit(found: object, part: type[Part]) -> Part | None:
    try:
        return part.model_validate(found)
    except ValidationError:
        return None
