"""Loading scenarios: what is accepted, how faults are told, and where a baseline is looked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from planner.errors import ScenarioError
from planner.io.bundle import Bundle
from planner.io.tables.assumptions import Assumption
from planner.model.roads.network import PARAMETERS as ROADS
from planner.scenario.checks.figures import Known
from planner.scenario.load import (
    MOST_FAULTS,
    MOST_FILES,
    check_scenario,
    known_in,
    load_scenario,
)
from tests.support.data import DATA

HALLINGDAL = "schema: 1\ntitle: Hallingdal\nregion: {council: Hallingdal}\n"
ALL = "groups:\n  - host: Gol\n    members: [Flå, Nesbyen, Hemsedal, Ål, Hol]\n"
DESIGN = """schema: 1
title: Modell E – én felles vertskommune
region: {council: Hallingdal}            # or county: Nordland
date: 2018-01-01                         # which links are valid
baseline: modell-a.yaml
form: host_municipality                  # today | municipal_merger | ...
groups:                                  # a hand-drawn plan ...
  - host: Gol
    members: [Flå, Nesbyen, Hemsedal, Ål, Hol]
    locations: {Ål: 2, Hol: 2, Nesbyen: 2, Flå: 1, Hemsedal: 1}     # days per week
rest: baseline                           # municipalities not named
municipalities: {Gol: {population: 4584, fte: 11.5}}   # overrides, provenance "scenario"
network: {change: [{link: [Narvik, Bjerkvik], minutes: 28}], close: [], open: []}
assumptions: {sick_leave_share: 0.09, ferry_wait_share: 1.0}
workshop: {risk: {11: {likelihood: 5, consequence: 3}}}
"""
REQUEST = """propose:                                 # ... or a request for one (not both)
  weights: {travel: 1, severed: 0.1, office: 0.2}
  constraints: {offices: {max: 3}, max_travel_minutes: 75, min_fte: 12, contiguous: true,
                hosts: {fixed: [Gol]}, together: [[Gol, Hemsedal]], exempt: minimise}
  alternatives: 5
"""


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return DATA


@pytest.fixture(scope="module")
def known(bundle: Bundle) -> Known:
    return replace(known_in(bundle), parameters=PARAMETERS, services=SERVICES)


def parameter(low: float, high: float) -> Assumption:
    return Assumption(
        unit="share",
        default=low,
        low=low,
        high=high,
        provenance="assumed",
        source="made for this test",
        meaning="made for this test",
    )


PARAMETERS = {"sick_leave_share": parameter(0.02, 0.2)} | dict.fromkeys(ROADS, parameter(0, 1))
SERVICES = ("Startlån", "Bostøtte")


def messages(text: str, known: Known, path: Path | str = "s.yaml") -> list[str]:
    scenario, faults = check_scenario(text, path, known)
    assert (scenario is None) == bool(faults)
    return [str(fault) for fault in faults]


def test_the_example_of_the_design(known: Known, tmp_path: Path) -> None:
    (tmp_path / "modell-a.yaml").write_text(HALLINGDAL + ALL, encoding="utf-8")
    scenario, faults = check_scenario(DESIGN, tmp_path / "modell-e.yaml", known)
    assert faults == []
    assert scenario is not None
    assert scenario.workshop.risk[11].likelihood == 5
    assert scenario.path == tmp_path / "modell-e.yaml"
    assert scenario.baseline_path == tmp_path / "modell-a.yaml"


def test_the_example_as_a_request(known: Known) -> None:
    scenario, faults = check_scenario(HALLINGDAL + REQUEST, "s.yaml", known)
    assert faults == []
    assert scenario is not None
    assert scenario.propose is not None
    assert scenario.propose.constraints.hosts.fixed == ["Gol"]
    assert scenario.baseline_path is None


def test_the_file_is_named_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "hallingdal"
    folder.mkdir()
    (folder / "b.yaml").write_text(HALLINGDAL, encoding="utf-8")
    (folder / "a.yaml").write_text(f"{HALLINGDAL}{ALL}baseline: b.yaml\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for given in ("hallingdal/a.yaml", "./hallingdal/a.yaml"):
        with pytest.raises(ScenarioError) as caught:
            load_scenario(given)
        first, second = caught.value.faults
        assert (first.file, second.file) == (given, "hallingdal/b.yaml")
        assert (first.line, second.line) == (7, 1)


def test_a_baseline_is_looked_for_beside_the_scenario_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: Known
) -> None:
    (tmp_path / "here.yaml").write_text(HALLINGDAL + ALL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    text = f"{HALLINGDAL}{ALL}baseline: here.yaml\n"
    assert messages(text, known, "s.yaml") == []
    assert "does not exist" in messages(text, known, "sub/s.yaml")[0]


def test_a_baseline_cannot_lead_out_of_the_folder(tmp_path: Path, known: Known) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("secret: 1", encoding="utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.yaml").symlink_to(outside)
    for name in (outside, "../outside.yaml", "link.yaml", "/etc/passwd", "sub/../../outside.yaml"):
        text = f"{HALLINGDAL}{ALL}baseline: {name}\n"
        (told,) = messages(text, known, inside / "s.yaml")
        assert "in the same folder" in told
        assert "secret" not in told


def test_a_baseline_may_cover_more_than_the_region(tmp_path: Path, known: Known) -> None:
    wide = "schema: 1\ntitle: Buskerud\nregion: {county: Buskerud}\npropose: {}\n"
    (tmp_path / "wide.yaml").write_text(wide, encoding="utf-8")
    (tmp_path / "narrow.yaml").write_text(HALLINGDAL + ALL, encoding="utf-8")
    assert messages(f"{HALLINGDAL}{ALL}baseline: wide.yaml\n", known, tmp_path / "s.yaml") == []
    (told,) = messages(f"{wide}baseline: narrow.yaml\n", known, tmp_path / "s.yaml")
    assert "has another region, without Drammen" in told


def test_a_long_chain_of_baselines_ends(tmp_path: Path) -> None:
    for number in range(MOST_FILES + 2):
        text = f"{HALLINGDAL}{ALL}baseline: f{number + 1}.yaml\n"
        (tmp_path / f"f{number}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / f"f{MOST_FILES + 2}.yaml").write_text(HALLINGDAL + ALL, encoding="utf-8")
    with pytest.raises(ScenarioError, match="more than 10 files name one another"):
        load_scenario(tmp_path / "f0.yaml")
    assert load_scenario(tmp_path / f"f{MOST_FILES}.yaml").title == "Hallingdal"


def test_faults_are_sorted_by_line_and_counted(known: Known) -> None:
    text = HALLINGDAL + ALL + "".join(f"key{n}: 1\n" for n in range(MOST_FAULTS + 7))
    told = messages(text, known)
    assert len(told) == MOST_FAULTS + 1
    assert [int(line.split(":")[1].split()[0]) for line in told[:-1]] == list(range(7, 107))
    assert told[-1] == "s.yaml:113  and 7 more faults."


def test_all_passes_are_told_at_once(known: Known) -> None:
    text = """schema: 1
title: Modell
region: {council: Hallingdal}
groups:
  - host: Goll
    members: [Flå, Flå, Hol, Nesbyen, Hemsedal, Ål, Bodø]
    locations: {Ål: 6}
assumptions: {sick_leave_shar: 0.1, ferry_wait_share: 2}
colour: red
"""
    told = [line.partition("  ")[0] for line in messages(text, known)]
    assert told == [f"s.yaml:{line}" for line in (5, 6, 6, 7, 8, 8, 9)]


@pytest.mark.parametrize("broken", ["", "title: [a]\n", "title: ''\nschema: 7\n"])
def test_what_is_broken_does_not_hide_the_rest(broken: str, known: Known) -> None:
    text = f"{broken}region: {{council: Hallingdal}}\ngroups: [{{host: Gol, members: [Hemsdal]}}]\n"
    assert any("Did you mean 'Hemsedal'?" in line for line in messages(text, known))


@pytest.mark.parametrize(
    "text",
    [
        f"{HALLINGDAL}groups:\n  - host: Gol\n    membres: [Flå, Nesbyen, Hemsedal, Ål, Hol]\n",
        f"{HALLINGDAL}groups:\n  - host: Goll\n    members: [Flå, Nesbyen, Hemsedal, Ål, Hol]\n",
        f"{HALLINGDAL}groups:\n  - host: Gol\n    members: [Flå, Nesbyen, 3, Ål, Hol]\n",
        f"{HALLINGDAL}groups:\n  - host: Gol\n    members: [Flå, Nesbyen]\nrst: own_office\n",
        f"{HALLINGDAL}grupper:\n  - host: Gol\n",
        f"{ALL}schema: 1\ntitle: A\nregion: {{counsil: Hallingdal}}\n",
        f"{ALL}schema: 1\ntitle: A\nregion: {{council: Halingdal}}\n",
        f"{ALL}schema: 1\ntitle: A\nregion: {{municipalities: [Gol, Herøy], add: [Flåå]}}\n",
        f"{HALLINGDAL}propose: {{constraints: {{together: [[Gol, 3]]}}}}\n",
    ],
)
def test_one_mistake_is_not_told_in_many_ways(text: str, known: Known) -> None:
    told = messages(text, known)
    assert len(told) <= 2
    for follow_up in ("no group has", "neither groups", "is not in the region", "no base is"):
        assert not any(follow_up in line for line in told)


def test_own_parameters_services_and_places(known: Known) -> None:
    text = f"""{HALLINGDAL}{ALL}assumptions: {{sick_leave_share: 0.2, something: 1}}
municipalities: {{Gol: {{services: [Bostøtte, Badeland]}}}}
network:
  change: [{{link: [GOL, Hemsedal], minutes: 3}}]
  close: [[Geilo, Bjerkvikk], {{link: [Gol, Gol]}}]
  open: [{{link: [Herøy, Hemsedal], minutes: 1, km: 1}}]
"""
    assert (
        "\n".join(messages(text, known))
        == """\
s.yaml:7  assumptions.something: no parameter is called 'something'. \
Known: ferry_wait_share, road_minutes_high_factor, road_minutes_low_factor, \
road_minutes_medium_factor, sick_leave_share.
s.yaml:8  municipalities.Gol.services.1: no service is called 'Badeland'. \
Known: Bostøtte, Startlån.
s.yaml:11  network.close.0.1: no place or municipality is called 'Bjerkvikk'. \
Did you mean 'Bjerkvik'?
s.yaml:11  network.close.1.link: both ends are 'Gol'. Two different places are expected.
s.yaml:12  network.open.0.link.0: 'Herøy' may be any of Herøy (Møre og Romsdal) or \
Herøy (Nordland). Write which is meant."""
    )


def test_what_the_data_do_not_have_is_not_checked(known: Known) -> None:
    text = f"{HALLINGDAL}{ALL}municipalities: {{Gol: {{services: [Badeland]}}}}\n"
    assert messages(text, replace(known, services=())) == []


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (HALLINGDAL.encode("utf-16-le"), "UTF-16"),
        (HALLINGDAL.encode("utf-16-be"), "UTF-16"),
        (HALLINGDAL.encode("utf-16"), "UTF-16"),
        (f"{HALLINGDAL}# Flå\n".encode("latin-1"), "s.yaml:4  the byte E5 after '# Fl'"),
        (HALLINGDAL.encode() + b"\xff\xfe", "s.yaml:4  the byte FF is not UTF-8"),
        (b"\xc3", "s.yaml:1  the byte C3"),
        (b"", "the file is empty"),
        (b"\n \n", "the file is empty"),
    ],
)
def test_encodings(
    raw: bytes, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s.yaml").write_bytes(raw)
    with pytest.raises(ScenarioError) as caught:
        load_scenario("s.yaml")
    assert expected in str(caught.value)


def test_files_that_are_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("modell-a.yaml").write_text(HALLINGDAL + ALL, encoding="utf-8")
    Path("folder").mkdir()
    expected = {
        "model-a.yaml": "model-a.yaml  the file does not exist. Did you mean 'modell-a.yaml'?",
        "nowhere/a.yaml": "nowhere/a.yaml  the file does not exist.",
        ".": ".  this is a folder. A scenario file is expected. It has modell-a.yaml.",
        "folder": "folder  this is a folder. A scenario file is expected.",
        "/dev/null": "/dev/null  this is no regular file. A scenario file is expected.",
    }
    for path, message in expected.items():
        with pytest.raises(ScenarioError) as caught:
            load_scenario(path)
        assert str(caught.value) == message
    for path in ("a" * 5000, "a\0b"):
        with pytest.raises(ScenarioError, match="the file"):
            load_scenario(path)


def test_titles_in_any_script(known: Known) -> None:
    for title in ("נורווגיה", "🏔️🚗", "ᛏᛖᛊᛏ", "x" * 300):
        text = HALLINGDAL.replace("Hallingdal\n", f"{title}\n", 1) + ALL
        scenario, faults = check_scenario(text, "s.yaml", known)
        assert not faults
        assert scenario is not None
        assert scenario.title == title


def test_names_are_read_once_while_the_register_is_unchanged(bundle: Bundle) -> None:
    assert known_in(bundle) is known_in(bundle)
