"""The first scenarios of a region: the offices in force, an empty plan, and a request."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - as in the vocabulary
from typing import Final, Literal

from planner.io.gazetteer import Gazetteer
from planner.scenario.edit import with_groups, with_request, with_values
from planner.scenario.vocabulary import Propose

Part = Literal["today", "plan", "request"]
#: Names of the files, without their ending.
FILES: Final[Mapping[Part, str]] = {"today": "i-dag", "plan": "ny-plan", "request": "forslag"}
_BEGIN: Final = """\
# yaml-language-server: $schema=../scenario.schema.json
schema: 1
title: x
region: {}
form: today
"""


@dataclass(frozen=True)
class RegionChoice:
    """Which municipalities a region is to have: those of councils and counties, and further ones.

    Attributes
    ----------
    councils, counties : names.
    codes : further municipalities.
    """

    councils: Sequence[str] = ()
    counties: Sequence[str] = ()
    codes: Sequence[str] = ()

    def members(self, gazetteer: Gazetteer) -> tuple[str, ...]:
        """Return the codes of all, sorted."""
        found = set(self.codes)
        for name in self.councils:
            found |= set(gazetteer.councils[name])
        for name in self.counties:
            found |= set(gazetteer.counties[name])
        return tuple(sorted(found))

    def without(self, code: str, gazetteer: Gazetteer) -> RegionChoice:
        """Leave one municipality out; a council or county of it becomes the list of the others."""
        broken = [
            (name, members)
            for known in (gazetteer.councils, gazetteer.counties)
            for name, members in known.items()
            if name in {*self.councils, *self.counties} and code in members
        ]
        names = {name for name, _ in broken}
        kept = dict.fromkeys([*self.codes, *(one for _, members in broken for one in members)])
        return RegionChoice(
            tuple(name for name in self.councils if name not in names),
            tuple(name for name in self.counties if name not in names),
            tuple(one for one in kept if one != code),
        )

    def written(self, gazetteer: Gazetteer) -> dict[str, str | list[str]]:
        """Return the region as a scenario writes it, by key."""
        base: dict[str, str | list[str]] = {}
        if len(self.councils) == 1 and not self.counties:
            base = {"council": self.councils[0]}
        elif self.counties and not self.councils:
            several = len(self.counties) > 1
            base = {"counties": list(self.counties)} if several else {"county": self.counties[0]}
        if not base:
            return {"municipalities": _names(self.members(gazetteer), gazetteer)}
        covered = RegionChoice(self.councils, self.counties).members(gazetteer)
        more = [code for code in self.codes if code not in covered]
        return base | ({"add": _names(more, gazetteer)} if more else {})


def region_files(
    chosen: RegionChoice,
    gazetteer: Gazetteer,
    *,
    on: Date,
    asked: Propose,
    words: Callable[[Part], tuple[str, str]],
) -> dict[str, str]:
    """Write the first scenarios of a region, each by the name of its file.

    Parameters
    ----------
    chosen : the region.
    gazetteer : names of municipalities.
    on : day that they are about.
    asked : what the request asks for.
    words : part -> title and description.
    """
    title, description = words("today")
    values: dict[tuple[str, ...], object] = {
        ("title",): title,
        ("description",): description,
        ("date",): on,
    }
    values |= {("region", key): value for key, value in chosen.written(gazetteer).items()}
    today = with_values(_BEGIN, values)
    baseline = f"{FILES['today']}.yaml"
    groups: dict[str, list[str]] = {
        name: [] for name in _names(chosen.members(gazetteer), gazetteer)
    }
    title, description = words("plan")
    plan = with_groups(today, groups, title=title, description=description, baseline=baseline)
    title, description = words("request")
    request = with_request(today, asked, title=title, description=description, baseline=baseline)
    return {FILES["today"]: today, FILES["plan"]: plan, FILES["request"]: request}


def _names(codes: Collection[str], gazetteer: Gazetteer) -> list[str]:
    return [gazetteer.unique_name(code) for code in codes]
