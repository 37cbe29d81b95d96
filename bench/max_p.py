"""How many groups of a least population a region can have: spopt's MaxPHeuristic and a proof.

Both work on the same graph: land borders and declared crossings, ferries included, as the grouping
model uses them. The heuristic reports a number without a bound; a proposal in which an office
weighs -1 and nothing else counts proves the largest. As only the number counts, every group may
have its largest municipality as host, which says once what the model would say for each member.
Norway is too large for a proof: ours there is the sum over counties, and the bound the country's.
"""

from __future__ import annotations

import math
from dataclasses import replace

from bench.measure import Facts, Piece, Work
from bench.table import Row, Settings
from planner.model.instance import Instance
from planner.model.request import Range, Request
from planner.model.weights import Weights

_TIME_LIMIT_S = 120.0


def rows(settings: Settings) -> list[Row]:
    """Compare the number of groups, which may differ: the peer is a heuristic."""
    cases = [
        ("Nordland", 10_000),
        ("Vestland", 20_000),
        ("Trøndelag", 20_000),
        ("Norway", 50_000),
    ]
    return [
        Row(
            f"max-p {place}, {least} inhabitants",
            Piece.of(ours, place, least),
            Piece.of(spopt, place, least),
            peer_name="spopt, MaxPHeuristic",
            needs="spopt",
            tolerance=None,
        )
        for place, least in (cases[:1] if settings.quick else cases)
    ]


def instance(place: str) -> Instance:
    """Make the region; contiguity and inhabitants are all that matters of it."""
    from bench.regions import county, norway  # noqa: PLC0415 - only in the piece's own process

    return norway() if place == "Norway" else county(place)


def ours(place: str, least: int) -> Work:
    """Prepare a proposal in which only the number of offices counts."""
    import numpy as np  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    from planner.optimise import propose  # noqa: PLC0415

    region = instance(place)
    people, codes = region.figure("population"), region.codes
    rank = np.lexsort((codes, -people)).argsort()
    minutes = np.where(rank[:, None] >= rank, 0.0, np.inf)
    frame = pd.DataFrame(minutes, index=codes, columns=codes)
    region = replace(region, travel=replace(region.travel, minutes=frame))
    request = Request(
        weights=Weights(travel=0).model_copy(update={"office": -1.0}),  # as many as can be
        population=Range(min=least),
        exempt="never",
        time_limit_s=_TIME_LIMIT_S,
    )

    def work() -> Facts:
        whole = propose(region, request).solve
        found = [whole]
        if whole.outcome != "optimal":
            found.append(propose(region, replace(request, within="county")).solve)
        return {
            "objective": max(-solve.objective for solve in found if solve.objective is not None),
            "bound": math.floor(1e-6 - whole.bound),
            "outcome": whole.outcome,
        }

    return work


def spopt(place: str, least: int) -> Work:
    """Prepare spopt's heuristic with its default rounds; groups are to be compact on the map."""
    import geopandas as gpd  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415
    from libpysal.weights import W  # noqa: PLC0415
    from spopt.region import MaxPHeuristic  # noqa: PLC0415

    region = instance(place)
    figures = region.municipalities[["centre_lon", "centre_lat", "population"]]
    frame = gpd.GeoDataFrame(
        figures.reset_index(drop=True),
        geometry=gpd.points_from_xy(figures["centre_lon"], figures["centre_lat"], crs=4326),
    )
    position = {code: index for index, code in enumerate(region.codes)}  # it knows no labels
    neighbours = {position[a]: sorted(map(position.get, region.contiguity[a])) for a in position}
    weights = W(neighbours, silence_warnings=True)

    def work() -> Facts:
        np.random.seed(0)  # noqa: NPY002 - the state that spopt draws from
        model = MaxPHeuristic(
            frame,
            weights,
            ["centre_lon", "centre_lat"],
            "population",
            least,
            policy="keep",
        )
        model.solve()
        groups = frame["population"].groupby(model.labels_).sum()
        return {
            "objective": int(model.p),
            "outcome": "no proof" if (groups >= least).all() else "breaks the least population",
        }

    return work
