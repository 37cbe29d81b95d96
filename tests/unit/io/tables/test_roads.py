from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from planner.errors import DataError
from planner.io.bundle import Bundle, seal
from planner.io.tables.municipalities import read_municipalities
from planner.io.tables.roads import Roads, read_checks, read_roads
from planner.model.roads.network import great_circle_km
from tests.support.data import DATA

PLACES = """place_id,name,municipality,lon,lat,kind
aga,Aga,1101,6.0,60.0,centre
bru,Bru,1103,6.2,60.0,centre
kai,Kaien,1103,6.3,60.0,quay
"""
HEADER = (
    "from,to,mode,km,minutes,wait_minutes,road,valid_from,valid_to,season,"
    "provenance,confidence,source,note"
)
LINKS = f"""{HEADER}
aga,bru,road,12.5,11,0,E1,,2018-12-31,,estimated,low,own estimate,"old, narrow"
bru,kai,ferry,4,15,30,,2019-01-01,,summer,observed,high,timetable,
"""
REGISTER = """id,table,vintage,licence,provenance,source,sha256
places,places.csv,2023,none,observed,test,
links,links.csv,2023,none,estimated,test,
municipalities,municipalities.csv,2023,none,observed,test,
"""


@pytest.fixture(scope="module")
def roads() -> Roads:
    return read_roads(DATA)


def bundle(folder: Path, *, places: str = PLACES, links: str = LINKS) -> Bundle:
    (folder / "places.csv").write_text(places, encoding="utf-8")
    (folder / "links.csv").write_text(links, encoding="utf-8")
    shipped = pd.read_csv(DATA.folder / "municipalities.csv", dtype=str)
    two = shipped[shipped["code"].isin(["1101", "1103"])]
    two.to_csv(folder / "municipalities.csv", index=False)
    (folder / "sources.csv").write_text(REGISTER, encoding="utf-8")
    seal(folder)
    return Bundle(folder)


def faults(*arguments: Path, **tables: str) -> list[str]:
    with pytest.raises(DataError) as error:
        read_roads(bundle(*arguments, **tables))
    return [
        f"{Path(fault.file).name}:{fault.line} {fault.key}: {fault.message}"
        for fault in error.value.faults
    ]


def test_tables_are_typed(tmp_path: Path) -> None:
    roads = read_roads(bundle(tmp_path))
    assert list(roads.places.index) == ["aga", "bru", "kai"]
    assert roads.places.loc["aga", "municipality"] == "1101"
    assert roads.links["km"].tolist() == [12.5, 4.0]
    assert roads.links["note"].tolist()[0] == "old, narrow"
    assert roads.links["season"].isna().tolist() == [True, False]
    assert roads.centres == {"1101": "aga", "1103": "bru"}
    assert roads.links["valid_to"].dt.date.tolist()[0].isoformat() == "2018-12-31"


def test_an_end_that_is_no_place_is_named_with_its_line(tmp_path: Path) -> None:
    spoilt = LINKS.replace("bru,kai,", "bruu,kai,").replace("aga,bru,", "aga,oslo,")
    assert faults(tmp_path, links=spoilt) == [
        "links.csv:2 to: got 'oslo', which is no place_id of places.csv.",
        "links.csv:3 from: got 'bruu', which is no place_id of places.csv. Did you mean 'bru'?",
    ]


def test_a_link_to_itself_is_a_fault(tmp_path: Path) -> None:
    spoilt = LINKS.replace("aga,bru,", "aga,aga,")
    assert faults(tmp_path, links=spoilt) == ["links.csv:2 to: a link joins two different places."]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("road,12.5", "road,0", "above 0"),
        ("road,12.5", "road,3001", "at most 3000"),
        ("road,12.5", "tram,12.5", "mode"),
        ("11,0,E1", "11,5,E1", "no waiting on a road"),
        ("15,30,", "15,75,", "0 to 60: half the headway"),
        ("estimated,low", "modelled,low", "provenance"),
        ("E1,,2018-12-31", "E1,2019-01-01,2018-12-31", "valid_to not before valid_from"),
        ("2019-01-01", "01.01.2019", "a date such as 2020-01-31"),
        (",summer,", ",winter,", "season"),
    ],
)
def test_faulty_links_are_refused(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert LINKS.count(old) == 1
    messages = faults(tmp_path, links=LINKS.replace(old, new))
    assert any(expected in message for message in messages)


def test_a_municipality_has_one_centre(tmp_path: Path) -> None:
    second = PLACES.replace("kai,Kaien,1103,6.3,60.0,quay", "kai,Kaien,1103,6.3,60.0,centre")
    assert faults(tmp_path, places=second) == [
        "places.csv:4 kind: municipality 1103 has the centre 'bru' already. Expected one."
    ]


def test_a_municipality_without_a_centre_is_a_fault(tmp_path: Path) -> None:
    former = PLACES.replace("6.2,60.0,centre", "6.2,60.0,former_centre")
    assert faults(tmp_path, places=former) == [
        "places.csv:0 kind: municipality 1103 has no place of kind centre. Expected one."
    ]


def test_two_places_may_not_share_a_name(tmp_path: Path) -> None:
    assert faults(tmp_path, places=PLACES.replace("Kaien", "Bru")) == [
        "places.csv:3 name: 'Bru' stands more than once.",
        "places.csv:4 name: 'Bru' stands more than once.",
    ]


def test_shipped_places_fit_the_municipalities(roads: Roads) -> None:
    municipalities = read_municipalities(DATA)
    assert set(roads.places["municipality"]) <= set(municipalities.index)
    assert set(roads.centres) == set(municipalities.index)
    narvik = roads.places.loc[roads.places["municipality"] == "1806"]
    assert list(narvik.index[narvik["kind"] == "centre"]) == ["narvik"]
    centres = roads.places.loc[roads.places["kind"] == "centre"]
    for row in centres.to_dict("records"):
        point = municipalities.loc[row["municipality"], ["centre_lon", "centre_lat"]]
        # Lurøy's office and ferry are on Onøy, 4 km from the village of Lurøy
        far_km = 5 if row["municipality"] == "1834" else 1
        assert great_circle_km((row["lon"], row["lat"]), tuple(point)) < far_km, row["name"]


def test_shipped_links_are_no_shorter_than_the_straight_line(roads: Roads) -> None:
    where = roads.places[["lon", "lat"]]
    for row in roads.links.to_dict("records"):
        straight = great_circle_km(tuple(where.loc[row["from"]]), tuple(where.loc[row["to"]]))
        off_km = 0 if row["mode"] == "road" else 1.2  # two quays, each up to 1 km off
        assert row["km"] > 0.98 * straight - off_km, (row["from"], row["to"])


def test_shipped_links_have_plausible_speeds(roads: Roads) -> None:
    speeds = roads.links["km"] / roads.links["minutes"] * 60
    on_road = roads.links["mode"] == "road"
    assert speeds[on_road].between(15, 112).all()  # ferry quays in towns; motorways of 110 km/h
    assert speeds[~on_road].between(8, 40).all()


def test_own_estimates_are_marked(roads: Roads) -> None:
    own = roads.links["source"] == "own estimate"
    assert (roads.links.loc[own, "provenance"] == "estimated").all()
    assert (roads.links.loc[~own, "provenance"] == "observed").all()
    assert not (roads.links.loc[own, "confidence"] == "high").any()


def test_no_two_links_are_the_same_at_the_same_time(roads: Roads) -> None:
    periods = roads.links.assign(
        ends=[frozenset(ends) for ends in zip(roads.links["from"], roads.links["to"], strict=True)],
        begins=roads.links["valid_from"].fillna("1900-01-01"),
        ceases=roads.links["valid_to"].fillna("2100-01-01"),
    )
    for ends, rows in periods.groupby("ends"):
        ordered = rows.sort_values("begins")
        assert (
            ordered["begins"].iloc[1:].to_numpy() > ordered["ceases"].iloc[:-1].to_numpy()
        ).all(), ends


def test_shipped_checks_are_of_known_places(roads: Roads) -> None:
    checks = read_checks(DATA)
    stops = [stop for via in checks["via"].dropna() for stop in via.split(",")]
    assert {*checks["origin"], *checks["destination"], *stops} <= set(roads.places.index)
