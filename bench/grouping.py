"""Proposals: Nordland with every term, and Norway beside the same model written plainly.

Norway: 90 minutes, at least 25 FTE with as few exemptions as possible, travel and severed
commuters over all pairs above 50 workers, to 1e-4. Flows: Statistics Norway's table 03321 of 2022
(reference folder), else the modelled ones. The plain model has no contiguity, so neither has ours
there; the contiguous row is ours alone.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bench.measure import Facts, Piece, Work
from bench.table import Row, Settings
from planner.model.instance import Instance
from planner.model.request import Range, Request
from planner.model.weights import Weights

_LEAST_COMMUTERS = 50.0
_GAP = 1e-4
_NORDLAND = Request(
    weights=Weights(travel=1, severed=0.1, office=0.2, staff=0.1, council=0.1, change=0.05),
    max_travel_min=90,
    fte=Range(min=12),
)
NORWAY = Request(
    weights=Weights(travel=1, severed=0.1),
    max_travel_min=90,
    fte=Range(min=25),
    contiguous=False,
    relative_gap=_GAP,
)
_REQUESTS = {
    "Nordland": _NORDLAND,
    "Nordland, any distance": replace(_NORDLAND, max_travel_min=None),
    "Norway": NORWAY,
    "Norway, contiguous": replace(NORWAY, contiguous=True),
}


def rows(settings: Settings) -> list[Row]:
    """Compare ours with the plain model where there is one."""
    flows = settings.reference / "ssb" / "03321_2022.csv.gz"
    file = str(flows) if flows.exists() else ""
    kind = "observed" if file else "modelled"
    alone = ["Nordland"] if settings.quick else ["Nordland", "Nordland, any distance"]
    place = "Nordland" if settings.quick else "Norway"
    found = [Row(f"propose {name}, all terms", Piece.of(ours, name, "")) for name in alone]
    found.append(
        Row(
            f"propose {place}, {kind} flows",
            Piece.of(ours, "Norway", file, place),
            Piece.of(plain, file, place),
            peer_name="plain PuLP, CBC",
            tolerance=2 * _GAP,
        )
    )
    if not settings.quick:
        contiguous = Piece.of(ours, "Norway, contiguous", file)
        found.append(Row(f"propose Norway, contiguous, {kind} flows", contiguous))
    return found


def instance(place: str, flows: str) -> Instance:
    """Make the region, with observed flows if a file is given."""
    from bench.regions import county, norway, with_flows, with_large_flows  # noqa: PLC0415

    if place.startswith("Nordland"):
        return county("Nordland")
    everybody = norway()
    if flows:
        everybody = with_flows(everybody, Path(flows))
    return with_large_flows(everybody, _LEAST_COMMUTERS)


def ours(request: str, flows: str, place: str | None = None) -> Work:
    """Prepare a proposal."""
    from planner.optimise import propose  # noqa: PLC0415 - only in the piece's own process

    region = instance(place or request, flows)

    def work() -> Facts:
        proposal = propose(region, _REQUESTS[request])
        return {
            "objective": proposal.solve.objective,
            "bound": proposal.solve.bound,
            "relative_gap": proposal.solve.relative_gap,
            "outcome": proposal.solve.outcome,
            "exempted": len(proposal.plan.exempt) if proposal.plan else None,
        }

    return work


def plain(flows: str, place: str) -> Work:
    """Prepare the plain model of the same request."""
    from bench.plain_grouping import solve_plainly  # noqa: PLC0415 - heavy

    region = instance(place, flows)

    def work() -> Facts:
        objective, exempted, outcome = solve_plainly(region, NORWAY)
        found = "optimal" if outcome == "Optimal Solution Found" else outcome
        return {"objective": objective, "exempted": exempted, "outcome": found}

    return work
