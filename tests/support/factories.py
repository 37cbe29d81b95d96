"""Small regions for tests: one that can be solved by hand, and any number of random ones."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from planner.io.tables.risk_factors import FactorMeasurement, RiskFactor
from planner.io.tables.services import SpecialistFunction
from planner.model.instance import Instance, Surroundings, Travel
from planner.model.plan import Plan

FIGURES = ("population", "fte", "employed_residents", "jobs")

#: Round prices, each believed to lie between half and twice of it.
PRICES = {
    "premises_m2_per_fte": 20.0,
    "premises_m2_per_office": 50.0,
    "premises_m2_per_location": 10.0,
    "premises_nok_per_m2": 1000.0,
    "leader_posts_per_group": 0.5,
    "leader_posts_per_10000": 1.0,
    "leader_post_nok": 1_000_000.0,
    "travel_nok_per_km": 5.0,
    "travel_nok_per_hour": 600.0,
    "location_staff": 2.0,
    "open_weeks_per_year": 50.0,
    "contact_trips_per_year": 10.0,
    "bought_debt_counselling_nok": 600_000.0,
    "one_off_nok_per_group": 500_000.0,
    "one_off_nok_per_fte": 10_000.0,
    "one_off_nok_per_case_system": 400_000.0,
}

#: Round figures: an adviser is away on one day in five, two of them together on 8 in 100.
ASSUMPTIONS = {
    "municipal_staff_share": 0.5,
    "sick_leave_share": 0.2,
    "state_sick_leave_share": 0.2,
    "holiday_share": 0.0,
    "vacancy_share": 0.0,
    "training_share": 0.0,
    "absence_correlation": 0.25,
    "working_days_per_year": 230.0,
    "least_field_post_share": 0.05,
    "most_municipalities_per_adviser": 2.0,
    "withdrawal_least_fte": 5.0,
    "withdrawal_least_population": 0.0,
}


def make_factor(
    indicator: Any,
    *,
    beyond: tuple[float, float, float, float],
    worse: Any = "higher",
    consequence: int = 3,
) -> RiskFactor:
    """Make a risk factor from the figure that it is measured by and its four thresholds."""
    return RiskFactor(
        name="faktor",
        consequence=consequence,
        consequence_reason="Chosen for tests",
        measured_by=FactorMeasurement(
            indicator=indicator,
            reason="Chosen for tests",
            worse=worse,
            likelihood_beyond=dict(zip(range(2, 6), map(float, beyond), strict=True)),
            thresholds_from="norm",
            thresholds_reason="Chosen for tests",
        ),
    )


def make_function(**own: Any) -> SpecialistFunction:
    """Make a specialist function: a municipal team of two, each with half a post."""
    usual: dict[str, Any] = {
        "name": "gjeldsrådgivning",
        "employer": "municipal",
        "least_team": 2,
        "least_post_share": 0.5,
        "least_present": 1,
        "follows_users": True,
        "decides_cases": False,
        "provenance": "assumed",
        "source": "Chosen for tests",
    }
    return SpecialistFunction(**{**usual, **own})


#: Factors measured by what can be counted on the fingers; the eighth is unknown.
RISK_FACTORS = {
    1: make_factor("risk.office_fte", worse="lower", beyond=(20, 10, 5, 2)),
    8: RiskFactor(
        name="alder", consequence=4, consequence_reason="Chosen for tests", unknown="No table"
    ),
    10: make_factor("access.nearest_p90_min", beyond=(15, 30, 45, 60), consequence=4),
    11: make_factor("risk.more_road_days_per_fte", beyond=(0.2, 0.4, 0.6, 0.8)),
    12: make_factor("risk.longer_way_p90_min", beyond=(15, 30, 45, 60)),
}

FUNCTIONS = {
    "leader": make_function(
        employer="either", need_per_office_fte=1.0, least_team=1, follows_users=False
    ),
    "youth_team": make_function(
        employer="either", need_per_10000_fte=4.0, least_team=3, least_present=2
    ),
    "debt_counselling": make_function(need_per_10000_fte=2.0),
    "follow_up": make_function(
        employer="state", need_per_10000_fte=4.0, need_per_presence_day_fte=0.1
    ),
}


def make_instance(
    table: dict[str, dict[str, Any]],
    minutes: np.ndarray,
    *,
    commuters: np.ndarray | None = None,
    edges: list[tuple[str, str]] | None = None,
    baseline: Plan | None = None,
    ferry: np.ndarray | None = None,
    **others: Any,
) -> Instance:
    """Make an instance from code -> figures and a matrix of minutes in the table's order."""
    codes = list(table)
    defaults = {
        "county": "Fjordfylket",
        "regional_council": "Fjordrådet",
        "sami_admin_area": False,
        "centre_lon": 10.0,
        "centre_lat": 60.0,
        "fte": 0.0,
        "employed_residents": 0.0,
        "jobs": 0.0,
    }
    municipalities = pd.DataFrame(
        [{**defaults, "name": code, "centre_name": code, **row} for code, row in table.items()],
        index=pd.Index(codes, name="code"),
    )
    for figure in FIGURES:
        municipalities[f"{figure}_provenance"] = "observed"
    n = len(codes)

    def square(values: np.ndarray) -> pd.DataFrame:
        return pd.DataFrame(values, index=codes, columns=codes)

    none = np.zeros((n, n), dtype=bool)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(codes)
    graph.add_edges_from(edges or [])
    return Instance(
        municipalities=municipalities,
        travel=Travel(
            minutes=square(minutes.astype(float)),
            km=square(minutes.astype(float)),
            ferry=square(none if ferry is None else ferry),
        ),
        commuters=square(np.zeros((n, n)) if commuters is None else commuters.astype(float)),
        commuters_provenance="observed",
        contiguity=graph,
        baseline=baseline or Plan({code: code for code in codes}, form="today"),
        **others,
    )


def three_fjords() -> Instance:
    """Six municipalities along one road, 20, 30, 25, 40 (a ferry) and 15 minutes apart.

    ========  ==========  ====  ========  =======
    code      population  FTE   council   county
    ========  ==========  ====  ========  =======
    0001 Aga     4000      8    Vest      Vestland
    0002 Bru     1000      2    Vest      Vestland
    0003 Dal     2000      4    Vest      Vestland
    0004 Eid     3000      6    Øst       Vestland
    0005 Fet      500      1    Øst       Vestland
    0006 Gol     1500      3    Øst       Østland
    ========  ==========  ====  ========  =======

    Of each municipality's inhabitants half are employed. Bru sends 100 workers to Aga, Dal 50 to
    Aga and 150 to Eid, Fet 40 to Gol, Gol 60 to Eid; all others work at home. Labour-market
    regions: Aga and Bru, Eid and Dal, Gol and Fet. Outside lies 0009 Hav (Havland), where nobody
    of the region works. Parameters and specialist functions are `ASSUMPTIONS` and `FUNCTIONS`.
    """
    rows = {
        "0001": ("Aga", 4000, 8.0, "Vest", "Vestland"),
        "0002": ("Bru", 1000, 2.0, "Vest", "Vestland"),
        "0003": ("Dal", 2000, 4.0, "Vest", "Vestland"),
        "0004": ("Eid", 3000, 6.0, "Øst", "Vestland"),
        "0005": ("Fet", 500, 1.0, "Øst", "Vestland"),
        "0006": ("Gol", 1500, 3.0, "Øst", "Østland"),
    }
    codes = list(rows)
    place = np.array([0, 20, 50, 75, 115, 130])
    minutes = np.abs(place[:, None] - place[None, :])
    west = np.arange(6) < 4  # the ferry is between Eid and Fet
    commuters = np.diag([row[1] / 2 for row in rows.values()])
    for home, workplace, workers in [
        (1, 0, 100),
        (2, 0, 50),
        (2, 3, 150),
        (4, 5, 40),
        (5, 3, 60),
    ]:
        commuters[home, workplace] = workers
        commuters[home, home] -= workers
    table = {
        code: {
            "name": name,
            "population": population,
            "fte": fte,
            "regional_council": council,
            "county": county,
            "employed_residents": commuters[position].sum(),
            "jobs": commuters[:, position].sum(),
        }
        for position, (code, (name, population, fte, council, county)) in enumerate(rows.items())
    }
    return make_instance(
        table,
        minutes,
        commuters=commuters,
        edges=list(pairwise(codes)),
        ferry=west[:, None] != west[None, :],
        assumptions=ASSUMPTIONS | PRICES,
        assumption_ranges={name: (price / 2, price * 2) for name, price in PRICES.items()},
        functions=FUNCTIONS,
        risk_factors=RISK_FACTORS,
        surroundings=Surroundings(
            pd.DataFrame({"name": ["Hav"], "county": ["Havland"]}, index=["0009"]),
            pd.DataFrame({"0009": 0.0}, index=codes),
            dict(zip(codes, ["0001", "0001", "0004", "0004", "0006", "0006"], strict=True)),
        ),
    )
