from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from planner.model.roads.settlements import DIRECTIONS, RINGS, RoadPoints, join_people
from tests.support.small_network import make_network

ASSUMPTIONS = {
    "local_detour_factor": 1.5,
    "local_speed_kmh": 45.0,
    "settlement_density_per_km2": 1000.0,
    "settlement_speed_kmh": 30.0,
    "dispersed_least_share": 0.1,
    "dispersed_reach_km": 5.0,
    "dispersed_local_most_km": 3.0,
}
PEOPLE = pd.Series({"0001": 1000, "0002": 1000, "0003": 1000, "0004": 1000})
NONE = pd.DataFrame({"code": [], "lon": [], "lat": []})
AREAS = pd.Series({"0001": 400.0, "0002": 100.0, "0003": 4.0, "0004": 1.0})


def settlements(*rows: tuple[str, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["code", "lon", "lat", "population"])


def frame(joined: object) -> pd.DataFrame:
    names = ("code", "weight")
    return pd.DataFrame({name: getattr(joined, name) for name in names}).assign(
        minutes=joined.minutes.min(axis=1)  # type: ignore[attr-defined]
    )


@pytest.fixture(scope="module")
def points() -> RoadPoints:
    return RoadPoints.of(make_network())


def test_shares_of_a_municipality_add_up_to_one(points: RoadPoints) -> None:
    some = settlements(("0001", 6.0, 60.0, 300), ("0001", 6.05, 60.0, 5000), ("0002", 6.2, 60, 100))
    spread = frame(join_people(points, some, AREAS, PEOPLE, ASSUMPTIONS, offices=NONE))
    assert spread.groupby("code")["weight"].sum().to_dict() == pytest.approx(
        dict.fromkeys(PEOPLE.index, 1.0)
    )
    assert (spread["weight"] >= 0).all()


def test_settlements_never_hold_more_than_all_but_the_least_rest(points: RoadPoints) -> None:
    for population, share in ((5000, 0.9), (400, 0.4)):
        some = settlements(("0001", 6.0, 60.0, population))
        spread = join_people(points, some, AREAS, PEOPLE, ASSUMPTIONS, offices=NONE)
        assert spread.weight[: len(RINGS)].sum() == pytest.approx(share)


def test_a_settlement_is_a_disc_about_its_point(points: RoadPoints) -> None:
    some = settlements(("0001", 6.0, 60.0, 500), ("0002", 6.2, 60.0, np.nan))
    spread = frame(join_people(points, some, AREAS, PEOPLE, ASSUMPTIONS, offices=NONE)).head(
        len(RINGS)
    )
    radius_km = np.sqrt(500 / 1000 / np.pi)
    expected = radius_km * RINGS * 1.5 / 30 * 60
    assert spread["minutes"].tolist() == pytest.approx(expected.tolist())
    assert RINGS.mean() == pytest.approx(2 / 3, abs=0.01)  # mean distance from a disc's middle


def test_a_point_off_the_road_drives_to_the_nearest_point_of_its_own_municipality(
    points: RoadPoints,
) -> None:
    # 0.02 degrees north of Aga, 2.224 km: 1.5 times as long by local roads, at 45 km/h
    off = pd.DataFrame({"code": ["0001"], "lon": [6.0], "lat": [60.02], "weight": [1.0]})
    joined = points.join(off, ASSUMPTIONS)
    assert joined.minutes.min() == pytest.approx(2.224 * 1.5 / 45 * 60, rel=0.01)
    assert set(joined.places[0]) == {"aga"}
    far = points.join(off.assign(code="0003"), ASSUMPTIONS)  # nearest to Dal, over the water
    assert set(far.places[0]) <= {"dal", "eid"}


def test_the_dispersed_live_within_reach_of_a_place_and_off_the_road(points: RoadPoints) -> None:
    nobody = settlements().astype({"population": float})
    spread = frame(join_people(points, nobody, AREAS, PEOPLE, ASSUMPTIONS, offices=NONE))
    of_dal, of_eid = (spread[spread["code"] == code] for code in ("0003", "0004"))
    # Dal: its place and the first 5 km of the 60 km to Eid; a strip of 4 km2 over 6 km
    off_km = 4 / (1 + 5) / 4
    local = off_km * 1.5 / 45 * 60
    along = [0.0, *(70 / 60 * km for km in (1.25, 3.75))]
    assert sorted(of_dal["minutes"]) == pytest.approx([local + minutes for minutes in along])
    assert of_eid["minutes"].min() > 0
    # Aga's strip is so wide that the limit holds
    of_aga = spread[spread["code"] == "0001"]
    assert of_aga["minutes"].min() == pytest.approx(3 * 1.5 / 45 * 60)


def test_people_live_on_the_side_of_a_road_that_is_theirs(points: RoadPoints) -> None:
    homes = pd.DataFrame({"code": points.joined.code, "from": points.from_place_km})
    along = homes[homes["from"] > 0]
    assert set(along["code"]) == {"0001", "0002", "0003", "0004"}
    assert points.from_place_km.max() <= 30  # half of the longest road


def test_people_go_straight_to_the_nearest_of_several_offices_in_their_settlement(
    points: RoadPoints,
) -> None:
    # a disc of 0.537 km; one office in its middle, one half a radius east, one far outside
    some = settlements(("0001", 6.0, 60.0, 900))
    radius_km = np.sqrt(900 / 1000 / np.pi)
    east = 6.0 + np.degrees(radius_km / 2 / 6371.0088) * 2  # a degree east is half of one north
    offices = pd.DataFrame({"code": "0001", "lon": [6.0, east, 9.0], "lat": [60.0, 60.0, 60.0]})
    spread = join_people(points, some, AREAS, PEOPLE, ASSUMPTIONS, offices=offices)
    of_disc = np.isfinite(spread.straight)
    assert of_disc.sum() == len(RINGS) * len(DIRECTIONS)
    assert spread.weight[of_disc].sum() == pytest.approx(0.9)
    per_km = 1.5 / 30 * 60
    assert spread.straight.min() == pytest.approx((RINGS[0] - 0.5) * radius_km * -per_km, abs=0.1)
    middle = np.repeat(RINGS, len(DIRECTIONS)) * radius_km * per_km
    assert (spread.straight[of_disc] <= middle + 1e-9).all()  # the office in the middle is there
    assert (spread.straight[of_disc] < middle - 1e-3).any()
    alone = join_people(points, some, AREAS, PEOPLE, ASSUMPTIONS, offices=offices.head(1))
    assert not np.isfinite(alone.straight).any()
