"""What the text field completes by: the scenario's vocabulary, and names that the data know."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from planner.scenario.checks.figures import Known
from planner.scenario.places import place_names
from planner.scenario.schema import scenario_schema
from planner.scenario.vocabulary import BASELINES

#: What kind of names a key takes: as its value, in its list, or as keys below it.
NAMED: Final = {
    **dict.fromkeys(
        ("municipalities", "add", "remove", "host", "members", "locations", "fixed", "allowed",
         "forbidden", "together", "apart", "crossing_allowed", "exempt"),
        "municipality",
    ),
    "council": "council",
    **dict.fromkeys(("county", "counties"), "county"),
    "baseline": "baseline",
    "close": "place",
    "link": "place",
    "services": "service",
    "tasks": "service",
    "assumptions": "assumption",
}  # fmt: skip


def completion(path: Path, known: Known) -> dict[str, Any]:
    """Return what the text field of a file completes by, as JSON can hold it.

    Parameters
    ----------
    path : of the scenario; its baseline is a file beside it.
    known : what names may refer to.

    Returns
    -------
    ``schema`` of scenarios, ``names`` by kind, ``named``: kind of the names that a key takes.
    """
    gazetteer = known.gazetteer
    codes = (code for members in gazetteer.counties.values() for code in members)
    municipalities = sorted(map(gazetteer.unique_name, codes))
    beside = sorted(other.name for other in path.parent.glob("*.yaml") if other.name != path.name)
    names = {
        "municipality": municipalities,
        "council": sorted(gazetteer.councils),
        "county": sorted(gazetteer.counties),
        "baseline": [*BASELINES, *beside],
        "place": sorted({*municipalities, *place_names(known.bundle)}),
        "service": sorted(known.services),
        "assumption": sorted(known.parameters),
    }
    return {"schema": scenario_schema(), "names": names, "named": NAMED}
