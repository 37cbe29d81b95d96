"""What a scenario may change in roads and ferries: part of its vocabulary."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from planner.scenario.value_types import Kilometres, Minutes, Name, Strict, list_or

LinkEnds = Annotated[list[Name], Field(min_length=2, max_length=2)]


class LinkChange(Strict):
    """New figures for an existing link; what is not given stays."""

    link: LinkEnds
    """Two places or municipalities."""
    minutes: Minutes | None = None
    """Driving or crossing time."""
    km: Kilometres | None = None
    """Length."""
    wait_minutes: Minutes | None = None
    """Mean waiting time."""


class LinkClosure(Strict):
    """A link that is closed; with parallel links, `road` says which."""

    link: LinkEnds
    """Two places or municipalities."""
    road: Name | None = None
    """Road number as in links.csv, where only one of several is meant."""


class NewLink(Strict):
    """A link that does not exist today."""

    link: LinkEnds
    """Two places or municipalities."""
    minutes: Minutes
    """Driving or crossing time."""
    km: Kilometres
    """Length."""
    wait_minutes: Minutes = 0.0
    """Mean waiting time."""
    mode: Literal["road", "ferry", "express_boat"] = "road"
    """Kind of link."""


class Network(Strict):
    """Changes to roads and ferries; all travel times follow."""

    change: list[LinkChange] = []
    """Links with new figures."""
    close: list[
        Annotated[
            Annotated[LinkEnds, Tag("array")] | Annotated[LinkClosure, Tag("object")],
            Discriminator(list_or("object")),
        ]
    ] = []
    """Links that are closed."""
    open: list[NewLink] = []
    """Links that are new."""
    season: Literal["summer"] | None = None
    """Opens the roads that are open in summer only; left out, as in winter."""
