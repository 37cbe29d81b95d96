"""How time grows with the number of municipalities: 41 (Nordland), 356 (Norway), 3 000 (made up).

The p-median has one host for every seven municipalities, without capacities. The proposal has the
terms and limits of `bench.grouping`'s row for Norway, contiguous, and stops after two minutes.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bench.measure import Facts, Piece, Work
from bench.norway import FloatArray
from bench.table import Row, Settings

_PLACES = ("Nordland", "Norway", "made up")
_SIZES = {"Nordland": 41, "Norway": 356, "made up": 3000}
_MUNICIPALITIES_PER_HOST = 7
_TIME_LIMIT_S = 120.0


def rows(settings: Settings) -> list[Row]:
    """Measure ours at each size."""
    places = _PLACES[:1] if settings.quick else _PLACES
    works = {"p-median, a host for seven": p_median, "propose, contiguous": proposal}
    return [
        Row(f"growth: {name}, n={_SIZES[place]} ({place})", Piece.of(prepare, place))
        for name, prepare in works.items()
        for place in places
    ]


def p_median(place: str) -> Work:
    """Prepare the p-median of minutes weighted by inhabitants."""
    from planner import optimise  # noqa: PLC0415 - only in the piece's own process

    minutes, people = _minutes_and_people(place)
    hosts = len(people) // _MUNICIPALITIES_PER_HOST

    def work() -> Facts:
        found = optimise.p_median(minutes, hosts, weights=people)
        return {
            "objective": found.objective,
            "relative_gap": found.relative_gap,
            "outcome": found.outcome,
        }

    return work


def _minutes_and_people(place: str) -> tuple[FloatArray, FloatArray]:
    from bench.planar import Country  # noqa: PLC0415
    from bench.regions import county, norway  # noqa: PLC0415

    if place == "made up":
        country = Country.of(_SIZES[place])
        return country.minutes, country.people
    region = norway() if place == "Norway" else county(place)
    return np.asarray(region.travel.minutes), region.figure("population")


def proposal(place: str) -> Work:
    """Prepare a contiguous proposal."""
    from bench.grouping import NORWAY  # noqa: PLC0415
    from bench.planar import Country  # noqa: PLC0415
    from bench.regions import county, norway  # noqa: PLC0415
    from planner.optimise import propose  # noqa: PLC0415

    if place == "made up":
        region = Country.of(_SIZES[place]).instance()
    else:
        region = norway() if place == "Norway" else county(place)
    request = replace(NORWAY, contiguous=True, time_limit_s=_TIME_LIMIT_S)

    def work() -> Facts:
        solve = propose(region, request).solve
        return {
            "objective": solve.objective,
            "bound": solve.bound,
            "relative_gap": solve.relative_gap,
            "outcome": solve.outcome,
        }

    return work
