"""Risk factors: read with every fault at its line, and likelihoods by thresholds."""

import math
from pathlib import Path

import pytest

from planner.errors import DataError
from planner.io.bundle import COLUMNS, Bundle, seal, write_register
from planner.io.tables.risk_factors import FACTORS, read_risk_factors
from tests.support.data import DATA
from tests.support.factories import make_factor

UNKNOWN = """\
{number}:
  name: alder
  consequence: 4
  consequence_reason: chosen
  unknown: no table
"""
MEASURED = """\
1:
  name: vei
  consequence: 3
  consequence_reason: chosen
  measured_by:
    indicator: access.nearest_p90_min
    reason: chosen
    worse: higher
    likelihood_beyond: {2: 15, 3: 30, 4: 45, 5: 60}
    thresholds_from: norm
    thresholds_reason: chosen
"""
GOOD = MEASURED + "".join(UNKNOWN.format(number=number) for number in range(2, 17))


def bundle(folder: Path, text: str) -> Bundle:
    (folder / "risk_factors.yaml").write_text(text, encoding="utf-8")
    values = dict.fromkeys(COLUMNS, "x") | {"id": "risk_factors", "table": "risk_factors.yaml"}
    write_register(folder / "sources.csv", [values | {"provenance": "assumed", "sha256": ""}])
    seal(folder)
    return Bundle(folder)


def faults(folder: Path, text: str) -> str:
    with pytest.raises(DataError) as caught:
        read_risk_factors(bundle(folder, text))
    return str(caught.value).replace(f"{folder}/", "")


def test_factors_are_read_by_number(tmp_path: Path) -> None:
    backwards = "".join(UNKNOWN.format(number=number) for number in range(16, 1, -1)) + MEASURED
    factors = read_risk_factors(bundle(tmp_path, backwards))
    assert list(factors) == list(FACTORS)
    assert factors[8].unknown == "no table"
    assert factors[1].measured_by is not None
    assert factors[1].measured_by.likelihood_beyond == {2: 15, 3: 30, 4: 45, 5: 60}


@pytest.mark.parametrize(
    ("value", "higher", "lower"),
    [(0, 1, 5), (15, 1, 5), (15.1, 2, 4), (30, 2, 4), (45, 3, 3), (60, 4, 1), (60.1, 5, 1)],
)
def test_a_threshold_itself_is_not_beyond_it(value: float, higher: int, lower: int) -> None:
    beyond = (15, 30, 45, 60)
    upwards = make_factor("access.nearest_p90_min", beyond=beyond).measured_by
    downwards = make_factor("risk.office_fte", worse="lower", beyond=beyond[::-1]).measured_by
    assert upwards is not None
    assert downwards is not None
    assert upwards.likelihood(value) == higher
    assert downwards.likelihood(value) == {15: 4, 30: 3, 45: 2}.get(int(value), lower)


def test_infinite_is_beyond_every_threshold() -> None:
    measured = make_factor("access.nearest_p90_min", beyond=(15, 30, 45, 60)).measured_by
    assert measured is not None
    assert measured.likelihood(math.inf) == 5


def test_the_shipped_factors_say_why() -> None:
    factors = read_risk_factors(DATA)
    assert list(factors) == list(range(1, 17))
    assert [number for number, one in factors.items() if one.measured_by is None] == [8]
    used = [one.measured_by.indicator for one in factors.values() if one.measured_by]
    assert len(set(used)) == len(used)
    for one in factors.values():
        assert len(one.consequence_reason) > 20


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "access.nearest_p90_min",
            "access.nearest_p95_min",
            "risk_factors.yaml:6  1.measured_by.indicator: got 'access.nearest_p95_min'.",
        ),
        (
            "worse: higher",
            "worse: more",
            (
                "risk_factors.yaml:8  1.measured_by.worse: got 'more'. One of higher, lower is "
                "expected."
            ),
        ),
        (
            "consequence: 3",
            "consequence: 6",
            (
                "risk_factors.yaml:3  1.consequence: 6 is out of range. A whole number from 1 to 5 "
                "is expected."
            ),
        ),
        (
            "5: 60",
            "6: 60",
            (
                "risk_factors.yaml:9  1.measured_by.likelihood_beyond.6: the key is out of range. "
                "A whole number from 2 to 5 is expected."
            ),
        ),
        (
            "5: 60",
            "5: 45",
            (
                "risk_factors.yaml:9  1.measured_by.likelihood_beyond: thresholds that rise from 2 "
                "to 5 are expected, as higher is worse."
            ),
        ),
        (
            "worse: higher",
            "worse: lower",
            (
                "risk_factors.yaml:9  1.measured_by.likelihood_beyond: thresholds that fall from 2 "
                "to 5 are expected, as lower is worse."
            ),
        ),
        (
            ", 5: 60",
            "",
            (
                "risk_factors.yaml:9  1.measured_by.likelihood_beyond: a threshold for each of the "
                "likelihoods 2, 3, 4, 5 is expected."
            ),
        ),
        (
            "  measured_by:",
            "  unknown: nothing\n  measured_by:",
            "risk_factors.yaml:1  1: either measured_by or unknown is expected, and not both.",
        ),
        (
            UNKNOWN.format(number=2),
            UNKNOWN.format(number=2).replace("  unknown: no table\n", ""),
            "risk_factors.yaml:12  2: either measured_by or unknown is expected, and not both.",
        ),
        (
            UNKNOWN.format(number=16),
            "",
            "risk_factors.yaml  factors are missing: 16. All 16 are expected.",
        ),
        (
            "\n16:",
            "\n17:",
            (
                "risk_factors.yaml:82  17: the key is out of range. A whole number from 1 to "
                "16 is expected."
            ),
        ),
        (
            "    reason: chosen\n",
            "    reason: chosen\n    likelyhood_beyond: {}\n",
            "risk_factors.yaml:8  1.measured_by.likelyhood_beyond: unknown key.",
        ),
    ],
)
def test_each_fault_stands_at_its_line(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert faults(tmp_path, GOOD.replace(old, new)).startswith(expected)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("15, 3: 30", "30, 3: 15").replace(UNKNOWN.format(number=16), "")
    assert [line.split("  ")[0] for line in faults(tmp_path, text).splitlines()] == [
        "risk_factors.yaml",
        "risk_factors.yaml:9",
    ]


@pytest.mark.parametrize("text", ["", "- a\n", "1: [\n", "1: 1\n"])
def test_not_a_file_of_factors(tmp_path: Path, text: str) -> None:
    assert "risk_factors.yaml" in faults(tmp_path, text)
