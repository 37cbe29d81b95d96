"""The table of a plan's municipalities: where each is served, how far that is, and its staff."""

from __future__ import annotations

import pandas as pd

from planner.assess.access import centre_minutes, host_km, host_minutes, nearest_minutes
from planner.model.instance import Instance
from planner.model.plan import Plan

#: What more is known of population and staff where the whole country is: the years of both, the
#: state's and the municipality's part, and an office's 80 % band, FTE.
MORE_FIGURES = (
    *("population_year", "fte_year"),
    *("state_fte", "municipal_fte", "fte_low", "fte_high"),
)


def municipality_table(instance: Instance, plan: Plan) -> pd.DataFrame:
    """Return one row a municipality: its host, minutes, days of presence, population and staff.

    Index ``code``; columns ``name``, ``host_code``, ``host``, ``minutes`` (mean over inhabitants),
    ``minutes_centre`` (centre to centre), ``minutes_nearest``, ``km``, ``presence_days``,
    ``population``, ``fte`` and the provenance of the last two; where it is known, `MORE_FIGURES`.
    """
    table = instance.municipalities
    hosts = pd.Series(plan.host_of)
    return pd.DataFrame(
        {
            "name": table["name"],
            "host_code": hosts,
            "host": hosts.map(instance.names),
            "minutes": host_minutes(instance, plan),
            "minutes_centre": centre_minutes(instance, plan),
            "minutes_nearest": nearest_minutes(instance, plan),
            "km": host_km(instance, plan),
            "presence_days": pd.Series(
                {code: plan.presence_days(code) for code in plan.municipalities}
            ),
            "population": table["population"],
            "population_provenance": table["population_provenance"],
            "fte": table["fte"],
            "fte_provenance": table["fte_provenance"],
            **{name: table[name] for name in MORE_FIGURES if name in table},
        }
    )
