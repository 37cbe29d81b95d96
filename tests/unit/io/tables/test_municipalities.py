"""Municipalities and aliases: the shipped tables, and what the loaders refuse."""

import html
import re
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from planner.errors import DataError
from planner.io.bundle import COLUMNS, Bundle, seal, write_register
from planner.io.gazetteer import Gazetteer
from planner.io.tables.municipalities import read_aliases, read_municipalities
from tests.support.data import DATA
from tests.support.paths import REFERENCE

needs_reference = pytest.mark.skipif(
    not REFERENCE.is_dir(), reason="the reference folder beside the project is not there"
)

# Statistics Norway, table 07459, 1 January 2022, added up to the counties of 2024.

ROW_GOL = "3041,3324,Gol,Buskerud,Gol,8.94,60.70,Hallingdal,observed,GeoNames 1,written"
ROW_OSLO = "0301,0301,Oslo,Oslo,Oslo,10.75,59.91,,observed,GeoNames 2,"
MUNICIPALITIES = (
    "code,code_2024,name,county,centre_name,centre_lon,centre_lat,"
    "regional_council,centre_provenance,centre_source,regional_council_source"
)
ALIASES = "code_old,name_old,valid_to,code,share,provenance,source"


@pytest.fixture(scope="module")
def municipalities() -> pd.DataFrame:
    return read_municipalities(DATA)


@pytest.fixture(scope="module")
def aliases(municipalities: pd.DataFrame) -> pd.DataFrame:
    return read_aliases(DATA, municipalities)


def small_bundle(folder: Path, municipalities: list[str], aliases: list[str]) -> Bundle:
    tables = {"municipalities": [MUNICIPALITIES, *municipalities], "aliases": [ALIASES, *aliases]}
    for name, lines in tables.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    filled = dict.fromkeys(COLUMNS, "x") | {"provenance": "observed"}
    write_register(
        folder / "sources.csv",
        [filled | {"id": name, "table": f"{name}.csv"} for name in tables],
    )
    seal(folder)
    return Bundle(folder)


def alias_faults(folder: Path, *aliases: str) -> list[str]:
    bundle = small_bundle(folder, [ROW_OSLO, ROW_GOL], list(aliases))
    with pytest.raises(DataError) as caught:
        read_aliases(bundle, read_municipalities(bundle))
    return [str(fault).removeprefix(f"{folder}/") for fault in caught.value.faults]


def test_356_municipalities_sorted_by_code(municipalities: pd.DataFrame) -> None:
    assert len(municipalities) == 356
    assert municipalities.index.name == "code"
    assert municipalities.index.is_monotonic_increasing
    assert municipalities.loc["0301", "name"] == "Oslo"


def test_regional_councils_of_the_source_documents(municipalities: pd.DataFrame) -> None:
    members = municipalities.groupby("regional_council")["name"].agg(set)
    assert members["Hallingdal"] == {"Flå", "Nesbyen", "Gol", "Hemsedal", "Ål", "Hol"}
    assert members["Lofoten"] == {
        "Røst", "Værøy", "Flakstad", "Vestvågøy", "Vågan", "Moskenes"
    }  # fmt: skip
    in_nordland = municipalities["county"] == "Nordland"
    assert municipalities.loc[in_nordland, "regional_council"].notna().all()


def test_every_known_council_states_its_source(municipalities: pd.DataFrame) -> None:
    known = municipalities["regional_council"].notna()
    assert (municipalities["regional_council_source"].notna() == known).all()


def test_last_days(aliases: pd.DataFrame) -> None:
    last_days = aliases.set_index(["code_old", "name_old"])["valid_to"]
    assert last_days["0617", "Gol"] == pd.Timestamp("2019-12-31")
    assert last_days["1601", "Trondheim"] == pd.Timestamp("2017-12-31")
    assert last_days["0706", "Sandefjord"] == pd.Timestamp("2016-12-31")
    assert last_days["1567", "Rindal"] == pd.Timestamp("2018-12-31")
    assert pd.isna(last_days["1580", "Haram"])
    assert pd.isna(last_days["5437", "Kárášjohka"])


def test_shares_other_than_all_name_where_they_are_from(aliases: pd.DataFrame) -> None:
    divided = aliases[aliases["share"] < 1]
    assert set(divided["code_old"]) == {"0822", "1418", "1439", "1613", "1850", "5012"}
    assert set(divided["source"]) == {"published_split", "split_estimate"}
    estimated = divided["source"] == "split_estimate"
    assert (divided.loc[estimated, "provenance"] == "estimated").all()


@needs_reference
def test_every_number_and_name_of_2017_is_known(
    municipalities: pd.DataFrame, aliases: pd.DataFrame
) -> None:
    """Labels such as ``0702 Holmestrand (-2017)`` in Statistics Norway's table of 2017."""
    with zipfile.ZipFile(REFERENCE / "ssb/03321_2017.xlsx") as workbook:
        texts = workbook.read("xl/sharedStrings.xml").decode()
    labels = {html.unescape(label) for label in re.findall(r">(\d{4} [^<]+)<", texts)}
    assert len(labels) > 426  # the municipalities of 2017, and some that ended before
    names = {code: {name} for code, name in municipalities["name"].items()}
    for number, name in zip(aliases["code_old"], aliases["name_old"], strict=True):
        names.setdefault(number, set()).add(name)
    names["0301"].add("Oslo kommune")
    unknown = {
        label
        for label in labels
        if names.get(label[:4], set()).isdisjoint(
            part.split(" (")[0].strip() for part in label[5:].split(" - ")
        )
    }
    assert unknown == set()


@needs_reference
def test_every_number_of_2022_is_a_code(municipalities: pd.DataFrame) -> None:
    flows = pd.read_csv(REFERENCE / "ssb/03321_2022.csv.gz", dtype=str)
    assert set(flows["home"]) == set(flows["workplace"]) == set(municipalities.index)


def test_small_bundle_is_accepted(tmp_path: Path) -> None:
    rows = ["0617,Gol,2019-12-31,3041,1,observed,klass_131"]
    bundle = small_bundle(tmp_path, [ROW_GOL, ROW_OSLO], rows)
    municipalities = read_municipalities(bundle)
    assert list(municipalities.index) == ["0301", "3041"]
    assert len(read_aliases(bundle, municipalities)) == 1


def test_number_of_another_municipality(tmp_path: Path) -> None:
    assert alias_faults(tmp_path, "3324,Flå,,0301,1,observed,klass_131") == [
        "aliases.csv:2  code_old: '3324' means 3041 since 2020 or 2024, not 0301."
    ]


def test_number_that_is_no_municipality(tmp_path: Path) -> None:
    assert alias_faults(tmp_path, "0617,Gol,2019-12-31,3099,1,observed,klass_131") == [
        "aliases.csv:2  code: '3099' is no municipality of 2020-2023."
    ]


def test_shares_that_do_not_add_up(tmp_path: Path) -> None:
    rows = ["0617,Gol,,3041,0.5,estimated,split_estimate", "0617,Gol,,0301,0.4,observed,klass_131"]
    assert alias_faults(tmp_path, *rows) == [
        "aliases.csv:3  share: the shares of 0617 Gol add up to 0.9, not 1."
    ]


def test_number_with_two_meanings(tmp_path: Path) -> None:
    rows = ["0617,Gol,,3041,1,observed,klass_131", "0617,Guol,,0301,1,observed,name_in_use"]
    assert alias_faults(tmp_path, *rows) == [
        "aliases.csv:3  code_old: 0617 means something else under another of its names."
    ]


def test_number_of_no_county(tmp_path: Path) -> None:
    (fault,) = alias_faults(tmp_path, "9917,Gol,,3041,1,observed,klass_131")
    assert fault.startswith("aliases.csv:2  code_old: got '9917', expected a number that begins")


def test_number_of_2024_that_another_had_before(tmp_path: Path) -> None:
    taken = ROW_GOL.replace("3324", "0301")
    bundle = small_bundle(tmp_path, [ROW_OSLO.replace("0301,0301", "0301,0302"), taken], [])
    with pytest.raises(DataError, match="'0301' is another's number of 2020-2023"):
        read_municipalities(bundle)


def test_two_namesakes_in_one_county(tmp_path: Path) -> None:
    again = ROW_GOL.replace("3041,3324", "3042,3326")
    bundle = small_bundle(tmp_path, [ROW_OSLO, ROW_GOL, again], [])
    with pytest.raises(DataError, match="Gol"):
        read_municipalities(bundle)


@needs_reference
def test_boundaries_of_2018_lie_in_the_municipalities_that_the_aliases_say(
    municipalities: pd.DataFrame, aliases: pd.DataFrame
) -> None:
    """Overlay with the boundaries of 2020, away from borders (simplified in both maps)."""
    bundle = DATA
    if not bundle.has("boundaries"):
        pytest.skip("the boundaries of 2020 are not registered")
    gpd = pytest.importorskip("geopandas")
    boundaries = pytest.importorskip("planner.io.tables.boundaries")
    gazetteer = Gazetteer(municipalities, aliases)
    now = boundaries.read_boundaries(bundle).reset_index()[["code", "geometry"]]
    now["geometry"] = now.geometry.simplify(100).make_valid()
    then = gpd.read_file(REFERENCE / "boundaries/kommune_2018.geojson").to_crs(now.crs)
    then["geometry"] = then.geometry.make_valid().buffer(-500)
    both = gpd.overlay(
        then[["kommune_no", "geometry"]], now, how="intersection", keep_geom_type=True
    )
    both["area_km2"] = both.area / 1e6
    area_km2 = both.pivot_table(
        index="kommune_no", columns="code", values="area_km2", aggfunc="sum", fill_value=0
    )
    share = area_km2.div(area_km2.sum(axis=1), axis=0)
    expected = {number: list(gazetteer.codes_and_shares(number)) for number in share.index}
    assert len(share) == 419  # all but the islands of Kvitsøy, Træna and Røst, which are narrow
    agreeing = pd.Series({no: share.loc[no, codes].sum() for no, codes in expected.items()})
    disagreeing = set(agreeing.index[agreeing < 0.95])
    explained = {
        "0928": "Hovlandsdalen went from Birkenes to Evje og Hornnes in 2019, 25 inhabitants",
        "1520": "Bjørke and Viddal went from Ørsta to Volda, mountains and about 1 %",
        "5039": "Verrabotn went from Verran to Indre Fosen",
    }
    assert disagreeing == set(explained)
    assert len(disagreeing) <= 0.01 * len(share)
    least = pd.Series({no: share.loc[no, codes].min() for no, codes in expected.items()})
    assert (least >= 0.05).all()  # every successor really got a part
