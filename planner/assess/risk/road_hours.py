"""Hours that staff spend on the road between the host's office and the other municipalities."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from planner.assess.access import WORKING_DAYS_A_WEEK
from planner.model.plan import Plan

Floats = npt.NDArray[np.float64]


def staff_road_hours(plan: Plan, minutes: Floats, given: Mapping[str, float]) -> Floats:
    """Working hours a year on the road to and from every municipality, by code.

    Two ways x hours to the host x [weeks a year x staff at work in a location x min(d, 5 - d)
    + contact trips a year], where d is days of presence a week: with more than half of the week
    in the location its staff belong there and drive to the host on the other days.

    Parameters
    ----------
    plan : with the days of presence.
    minutes : shape (municipalities,), one way to the host; infinite without a way.
    given : the parameters ``open_weeks_per_year``, ``location_staff``, ``contact_trips_per_year``.

    Returns
    -------
    shape (municipalities,), hours a year; 0 at hosts, infinite without a way to the host.
    """
    days = np.array([plan.presence_days(code) for code in plan.municipalities])
    hosts = np.array([code == host for code, host in plan.host_of.items()])
    weekly = given["location_staff"] * np.minimum(days, WORKING_DAYS_A_WEEK - days)
    trips = given["open_weeks_per_year"] * weekly + given["contact_trips_per_year"]
    driven = ~hosts & (trips > 0)
    return np.where(driven, 2.0 * minutes / 60.0, 0.0) * np.where(driven, trips, 0.0)
