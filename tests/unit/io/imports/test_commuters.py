from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from planner.errors import DataError
from planner.io.bundle import Bundle, seal
from planner.io.imports import commuting_export as commuting_files
from planner.io.imports.commuters import import_commuters
from planner.io.tables.commuting import (
    read_commuters,
)

NARVIK, HAMAROY, ALESUND, ORKLAND = "1806", "1875", "1507", "5059"
#: Numbers of 2020-2023; 1805, 1849 and 1850 are older, 1508 and 1580 newer.
MUNICIPALITIES = """\
code,code_2024,name,county,centre_name,centre_lon,centre_lat,\
regional_council,centre_provenance,centre_source,regional_council_source
1507,1508,Ålesund,Møre og Romsdal,Ålesund,6.1,62.4,,observed,test,
1806,1806,Narvik,Nordland,Narvik,17.4,68.4,,observed,test,
1875,1875,Hamarøy,Nordland,Oppeid,15.5,68.0,,observed,test,
5059,5059,Orkland,Trøndelag,Orkanger,9.8,63.3,,observed,test,
"""
POPULATION = """\
code,year,population,method,provenance,source
1507,2022,67000,observed,observed,test
1806,2022,21000,observed,observed,test
1875,2022,2700,observed,observed,test
5059,2022,18000,observed,observed,test
"""
ALIASES = """\
code_old,name_old,valid_to,code,share,provenance,source
1504,Ålesund,2019-12-31,1507,1,observed,klass_131
1580,Haram,,1507,1,observed,klass_131
1638,Orkdal,2017-12-31,5059,1,observed,klass_131
5024,Orkdal,2019-12-31,5059,1,observed,klass_131
1805,Narvik,2019-12-31,1806,1,observed,klass_131
1849,Hamarøy,2019-12-31,1875,1,observed,klass_131
1850,Tysfjord,2019-12-31,1806,0.25,estimated,split_estimate
1850,Tysfjord,2019-12-31,1875,0.75,estimated,split_estimate
"""
SOURCES = """\
id,table,vintage,licence,provenance,source,sha256
municipalities,municipalities.csv,2022,CC BY 4.0,observed,test,
aliases,aliases.csv,2022,CC BY 4.0,observed,test,
population,population.csv,2022,CC BY 4.0,observed,test,
"""
HEADER = "home,workplace,workers\n"
EVERYBODY = "1507,1507,30000\n1806,1806,9000\n1875,1875,1000\n5059,5059,8000\n"
TITLE = (
    "03321: Sysselsatte per 4. kvartal. Pendlingsstrømmer etter arbeidsstedskommune, "
    "bostedskommune, statistikkvariabel og år"
)

Write = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    for name, text in (
        ("municipalities.csv", MUNICIPALITIES),
        ("aliases.csv", ALIASES),
        ("population.csv", POPULATION),
        ("sources.csv", SOURCES),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    seal(folder)
    return folder


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(content: str | bytes, name: str = "flows.csv") -> Path:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    return write


def flows(folder: Path) -> dict[tuple[str, str], float]:
    commuters = read_commuters(Bundle(folder))
    assert commuters is not None
    return dict(
        zip(
            zip(commuters["home"], commuters["workplace"], strict=True),
            commuters["workers"],
            strict=True,
        )
    )


def messages(file: Path, folder: Path, *, year: int | None = 2022) -> list[str]:
    with pytest.raises(DataError) as caught:
        import_commuters(file, year=year, folder=folder)
    assert not (folder / "commuters.csv").exists()
    return [f"{fault.line} {fault.key} {fault.message}" for fault in caught.value.faults]


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_no_observed_flows_are_no_error(folder: Path) -> None:
    assert read_commuters(Bundle(folder)) is None


def test_a_plain_table_is_imported_and_registered(folder: Path, write: Write) -> None:
    file = write(HEADER + EVERYBODY + "1875,1806,55\n1806,1875,0\n")
    report = import_commuters(file, year=2022, folder=folder)
    assert flows(folder)[HAMAROY, NARVIK] == 55
    assert (NARVIK, HAMAROY) not in flows(folder)
    assert (report.workers, report.between, report.pairs) == (48_055, 55, 5)
    source = Bundle(folder).source("commuters")
    assert (source.vintage, source.provenance) == ("2022", "observed")
    assert "flows.csv" in source.source


def test_a_second_import_replaces_the_first(folder: Path, write: Write) -> None:
    import_commuters(write(HEADER + EVERYBODY), year=2021, folder=folder)
    import_commuters(write(HEADER + EVERYBODY + "1875,1806,55\n"), year=2022, folder=folder)
    assert len(flows(folder)) == 5
    assert [name for name in Bundle(folder).sources if name == "commuters"] == ["commuters"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param((HEADER + EVERYBODY).replace(",", ";"), id="semicolon"),
        pytest.param((HEADER + EVERYBODY).replace(",", "\t"), id="tab"),
        pytest.param(b"\xef\xbb\xbf" + (HEADER + EVERYBODY).encode(), id="byte order mark"),
        pytest.param((HEADER + EVERYBODY).replace("\n", "\r\n"), id="Windows line ends"),
        pytest.param(gzip.compress((HEADER + EVERYBODY).encode()), id="gzip"),
        pytest.param(
            workbook(
                [["home", "workplace", "workers"]]
                + [[*row.split(",")[:2], int(row.split(",")[2])] for row in EVERYBODY.split()]
            ),
            id="xlsx",
        ),
    ],
)
def test_formats_that_say_the_same(folder: Path, write: Write, content: str | bytes) -> None:
    import_commuters(write(content), year=2022, folder=folder)
    assert flows(folder) == {
        (ALESUND, ALESUND): 30_000,
        (NARVIK, NARVIK): 9000,
        (HAMAROY, HAMAROY): 1000,
        (ORKLAND, ORKLAND): 8000,
    }


def export(year: str = "2017") -> list[list[object]]:
    """Statistics Norway's layout: workplace, written once, home, figure, then notes."""
    return [
        [TITLE],
        [],
        [None, None, "Sysselsatte personer"],
        [None, None, year],
        ["1504 Ålesund", "1504 Ålesund", 30_000],
        [None, "1638 Orkdal (-2017)", 7],
        [None, "1129 Utgått (-2005)", 0],
        ["1638 Orkdal (-2017)", "1638 Orkdal (-2017)", 8000],
        ["1805 Narvik", "1805 Narvik", 9000],
        [None, "1850 Tysfjord", 100],
        ["1849 Hamarøy", "1849 Hamarøy", 700],
        ["1850 Tysfjord", "1850 Tysfjord", 800],
        ["2111 Svalbard", "1805 Narvik", 12],
        ["9999 Uoppgitt kommune", "1805 Narvik", 30],
        [None, "1849 Hamarøy", 4],
        [],
        ["Sysselsatte personer:"],
        ["Kontakt", "Statistisk sentralbyrå", "+47"],
    ]


def test_an_export_of_statistics_norway(folder: Path, write: Write) -> None:
    report = import_commuters(write(workbook(export()), "03321.xlsx"), folder=folder)
    assert report.year == 2017
    assert flows(folder) == {
        (ALESUND, ALESUND): 30_000,
        (ORKLAND, ALESUND): 7,
        (ORKLAND, ORKLAND): 8000,
        # Tysfjord gave a quarter of its inhabitants to Narvik, the others to Hamarøy.
        (NARVIK, NARVIK): 9000 + 25 + 800 / 16,
        (HAMAROY, NARVIK): 75 + 800 * 3 / 16,
        (NARVIK, HAMAROY): 800 * 3 / 16,
        (HAMAROY, HAMAROY): 700 + 800 * 9 / 16,
    }
    assert dict(report.left_out) == {"2111 Svalbard": 12, "9999 Uoppgitt kommune": 34}
    assert "Statistics Norway, table 03321" in Bundle(folder).source("commuters").source
    assert "34 persons" in str(report)


def test_flows_of_divided_municipalities_are_estimated(folder: Path, write: Write) -> None:
    import_commuters(write(workbook(export()), "03321.xlsx"), folder=folder)
    commuters = read_commuters(Bundle(folder))
    assert commuters is not None
    estimated = commuters[commuters["provenance"] == "estimated"]
    assert set(zip(estimated["home"], estimated["workplace"], strict=True)) == {
        (home, workplace) for home in (NARVIK, HAMAROY) for workplace in (NARVIK, HAMAROY)
    }


def test_the_title_says_which_column_is_the_home(folder: Path, write: Write) -> None:
    rows = export()
    rows[0] = [
        TITLE.replace("arbeidssteds", "X")
        .replace("bosteds", "arbeidssteds")
        .replace("X", "bosteds")
    ]
    import_commuters(write(workbook(rows), "03321.xlsx"), folder=folder)
    assert (ALESUND, ORKLAND) in flows(folder)
    assert (ORKLAND, ALESUND) not in flows(folder)


def test_csv_with_headings_of_statistics_norway(folder: Path, write: Write) -> None:
    text = (
        '"arbeidsstedskommune","bostedskommune","Sysselsatte personer 2022"\n'
        '"1806 Narvik","1875 Hamarøy",55\n'
        '"1875 Hamarøy","1875 Hamarøy",1000\n'
        '"1806 Narvik","1806 Narvik",9000\n'
        '"5059 Orkland","5059 Orkland",8000\n'
        '"1507 Ålesund (2020-2023)","1507 Ålesund (2020-2023)",30000\n'
    )
    report = import_commuters(write(text), folder=folder)
    assert report.year == 2022
    assert flows(folder)[HAMAROY, NARVIK] == 55


def test_haram_counts_as_alesund(folder: Path, write: Write) -> None:
    text = HEADER + EVERYBODY.replace("1507,1507", "1508,1508") + "1580,1508,900\n1508,1580,90\n"
    import_commuters(write(text), year=2024, folder=folder)
    assert flows(folder)[ALESUND, ALESUND] == 30_990


# Faults in the figures


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("1875,1806,-5", "6 workers got '-5', expected a whole number"),
        ("1875,1806,", "6 workers got nothing, expected a whole number"),
        ("1875,1806,5.5", "6 workers got '5.5'"),
        ("1875,1806,nan", "6 workers got 'nan'"),
        ("1875,1899,5", "6 workplace got '1899', expected a municipality's number"),
        ("301,1806,5", "6 home got '301'"),
        ("Narrvik,1806,5", "6 home got 'Narrvik'"),
        (",1806,5", "6 home got ''"),
        ("1806,1806,5", "6 home 1806 to 1806 stands on line 3 already"),
        ("1805,1806,5", "6  numbers of two vintages: "),
        ("1508,1806,5", "6  numbers of two vintages: "),
        ("1806,Totalt,9001", "6 workers the total is 9001, but its parts add up to 9000"),
        ("Hele landet,Hele landet,5", "6 workers the total is 5, but its parts add up to 48000"),
        ("1875,1806,2000", "0 workers 3000 employed residents of Hamarøy, which has 2700"),
        ("1875,1806", "6  2 values, expected 3"),
    ],
)
def test_one_faulty_row(folder: Path, write: Write, row: str, fault: str) -> None:
    found = messages(write(HEADER + EVERYBODY + row + "\n"), folder)
    assert len(found) == 1
    assert found[0].startswith(fault)


def test_a_wrong_number_is_met_with_a_near_one(folder: Path, write: Write) -> None:
    (found,) = messages(write(HEADER + EVERYBODY + "1875,1807,5\n"), folder)
    assert "Did you mean" in found
    assert "Narvik" in found


def test_totals_that_agree_are_fine(folder: Path, write: Write) -> None:
    text = HEADER + EVERYBODY + "1806,I alt,9000\n0 Hele landet,0 Hele landet,48000\n"
    assert import_commuters(write(text), year=2022, folder=folder).workers == 48_000


def test_flows_of_thousands_are_no_flows_of_persons(folder: Path, write: Write) -> None:
    found = messages(write(HEADER + EVERYBODY.replace("000\n", "\n")), folder)
    assert len(found) == 4
    assert "1 employed residents of Hamarøy, which has 2700 inhabitants. Expected more" in found[0]


def test_figures_of_years_to_come_are_refused(folder: Path, write: Write) -> None:
    (found,) = messages(write(HEADER + EVERYBODY), folder, year=2099)
    assert "which is to come" in found


TITLED = (
    '"03321: Sysselsatte (15-74 år), etter bostedskommune, arbeidsstedskommune, år og '
    'statistikkvariabel"\n\n"bostedskommune";"arbeidsstedskommune";"Sysselsatte 2022"\n'
)
NAMED = (
    '"1507 Ålesund";"1507 Ålesund";30000\n"1806 Narvik";"1806 Narvik";9000\n'
    '"1875 Hamarøy";"1875 Hamarøy";1000\n"5059 Orkland";"5059 Orkland";8000\n'
)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TITLED + NAMED, id="csv with a title"),
        pytest.param((TITLED + NAMED).encode("latin-1"), id="Latin-1"),
        pytest.param(TITLED + NAMED.replace(";30000", ";30 000"), id="spaces"),
        pytest.param(TITLED + NAMED.replace(";30000", ';"30\u00a0000"'), id="hard spaces"),
        pytest.param(TITLED + NAMED.replace(";30000", ";30000.0"), id="decimal point"),
        pytest.param(TITLED + NAMED + '"1806 Narvik";"1507 Ålesund";-\n', id="none"),
        pytest.param(TITLED + NAMED + '"1806 Narvik";"1507 Ålesund";:\n', id="withheld"),
        pytest.param(TITLED + NAMED.replace("1507 ", "").replace("1806 ", ""), id="names"),
        pytest.param(
            "Bokommuner;ArbstedKomm;ContentsCode;Tid;value\n"
            + "".join(
                f"{home};{work};Syss;2022;{persons}\n"
                for home, work, persons in (row.split(",") for row in EVERYBODY.split())
            ),
            id="codes only",
        ),
    ],
)
def test_what_statistics_norway_writes(folder: Path, write: Write, content: str | bytes) -> None:
    report = import_commuters(write(content), folder=folder)
    assert report.year == 2022
    assert report.workers == 48_000
    assert flows(folder)[ALESUND, ALESUND] == 30_000


def test_one_of_several_years_can_be_chosen(folder: Path, write: Write) -> None:
    rows = export()
    rows[3] = [None, None, "2016", "2017"]
    both = [[*row[:2], 1, row[2]] if len(row) == 3 and row[2] != "2017" else row for row in rows]
    both[2:3], both[-1] = [], ["Kontakt"]
    report = import_commuters(write(workbook(both), "03321.xlsx"), year=2017, folder=folder)
    assert (report.year, flows(folder)[ALESUND, ALESUND]) == (2017, 30_000)
    long = "home,workplace,workers,year\n" + "".join(
        f"{row},{year}\n" for year in (2021, 2022) for row in EVERYBODY.split()
    )
    assert import_commuters(write(long), year=2021, folder=folder).year == 2021


def test_the_table_may_stand_on_the_second_sheet(folder: Path, write: Write) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(export())))
    book.create_sheet("Om tabellen", 0).append(["Les meg"])
    content = io.BytesIO()
    book.save(content)
    assert import_commuters(write(content.getvalue()), folder=folder).year == 2017


def test_figures_that_cannot_occur_are_no_fault(folder: Path, write: Write) -> None:
    import_commuters(write(HEADER + EVERYBODY + "1504,1507,.\n"), year=2022, folder=folder)
    assert len(flows(folder)) == 4


def test_all_faults_come_at_once_in_order(folder: Path, write: Write) -> None:
    text = HEADER + "1806,1806,x\n" + EVERYBODY + "9,1806,5\n1875,1806,-1\n"
    lines = [int(message.split()[0]) for message in messages(write(text), folder)]
    assert lines == [2, 7, 8]


def test_endless_faults_are_counted(folder: Path, write: Write) -> None:
    text = HEADER + "".join(f"1806,1806,{-number}\n" for number in range(1, 200))
    found = messages(write(text), folder)
    assert len(found) == 51
    assert found[-1].endswith("and 149 more faults.")


def test_a_part_of_the_country_is_not_enough(folder: Path, write: Write) -> None:
    text = HEADER + EVERYBODY.replace("1875,1875,1000\n", "")
    found = messages(write(text), folder)
    assert [message.split()[1] for message in found] == ["home", "workplace"]
    assert "nobody for 1 of 4 municipalities: Hamarøy" in found[0]


def test_the_year_is_needed_and_must_agree(folder: Path, write: Write) -> None:
    plain = write(HEADER + EVERYBODY)
    assert "Expected --year" in messages(plain, folder, year=None)[0]
    dated = write("home,workplace,workers,year\n" + EVERYBODY.replace("\n", ",2021\n"))
    assert "are of 2021, not of 2022" in messages(dated, folder)[0]
    two_years = write(dated.read_text().replace("8000,2021", "8000,2022"))
    assert "several years: 2021, 2022" in messages(two_years, folder, year=None)[0]


# Files that are something else


def zip_of(**members: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def claiming_five_gigabytes() -> bytes:
    """A small archive whose directory claims a member of nearly 5 GB (as far as 32 bits go)."""
    content = bytearray(zip_of(sheet=b"x"))
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<I", 4_294_967_000)
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"", "no column headings", id="empty"),
        pytest.param(b"hello\n", "no column headings", id="text"),
        pytest.param(b"from,to,persons\n1806,1806,5\n", "neither the columns", id="other columns"),
        pytest.param(
            b"home,workplace,workers,sex\n1806,1806,5,1\n", "unknown column 'sex'", id="one more"
        ),
        pytest.param(b"\x00\x01\x02", "neither xlsx nor a text", id="binary"),
        pytest.param(b'home,workplace,workers\n"' + b"x" * 200_000, "not a readable", id="field"),
        pytest.param(b"PK\x03\x04 and nothing", "a damaged zip", id="cut zip"),
        pytest.param(zip_of(notes=b"hello"), "a damaged Excel file, or", id="zip of text"),
        pytest.param(workbook(export())[:3000], "a damaged zip", id="cut xlsx"),
        pytest.param(claiming_five_gigabytes(), "unpacks to more than", id="zip bomb"),
        pytest.param(b"\x1f\x8b and nothing", "a damaged gzip", id="cut gzip"),
        pytest.param(gzip.compress(b"x" * 50)[:-9], "a damaged gzip", id="short gzip"),
        pytest.param(b"\xd0\xcf\x11\xe0 old", "old or locked Excel", id="xls"),
        pytest.param(workbook([]), "no column headings", id="empty sheet"),
        pytest.param(workbook([*export()[4:7]]), "neither the columns", id="no title"),
        pytest.param(
            workbook([[TITLE], [None, None, "2020", "2021"], ["1806 A", "1806 A", 5, 6]]),
            "Export one year alone",
            id="two years",
        ),
        pytest.param(
            workbook([["11616: Sysselsatte etter bosted, arbeidssted"], *export()[1:]]),
            "this is table 11616",
            id="another table",
        ),
    ],
)
def test_other_files_get_a_sentence(
    folder: Path, write: Write, content: bytes, sentence: str
) -> None:
    (found,) = messages(write(content), folder)
    assert sentence in found


def test_unpacked_size_is_bounded(
    folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commuting_files, "MOST_UNPACKED_BYTES", 10_000)
    assert "unpacks to more" in messages(write(gzip.compress(b"x" * 20_000)), folder)[0]
    assert "unpacks to more" in messages(write(zip_of(sheet=b"x" * 20_000)), folder)[0]


def test_a_file_too_large_is_not_read(
    folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commuting_files, "MOST_BYTES", 10)
    assert "are allowed" in messages(write(HEADER + EVERYBODY), folder)[0]


def test_a_file_that_is_not_there(folder: Path, tmp_path: Path) -> None:
    assert "cannot be read" in messages(tmp_path / "none.csv", folder)[0]
    assert "cannot be read" in messages(tmp_path, folder)[0]


def test_a_failed_import_keeps_the_former_table(folder: Path, write: Write) -> None:
    import_commuters(write(HEADER + EVERYBODY), year=2022, folder=folder)
    former = (folder / "commuters.csv").read_bytes()
    with pytest.raises(DataError):
        import_commuters(write(HEADER + "1806,1806,x\n"), year=2022, folder=folder)
    assert (folder / "commuters.csv").read_bytes() == former
    assert len(flows(folder)) == 4


def test_a_table_edited_by_hand_is_checked(folder: Path, write: Write) -> None:
    import_commuters(write(HEADER + EVERYBODY), year=2022, folder=folder)
    table = pd.read_csv(folder / "commuters.csv", dtype=str)
    table.loc[1, "workplace"] = "1899"
    table.to_csv(folder / "commuters.csv", index=False)
    seal(folder)
    with pytest.raises(DataError, match=r"commuters\.csv:3  workplace: no municipality: '1899'"):
        read_commuters(Bundle(folder))
