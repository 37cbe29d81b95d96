import errno
import os
import stat
from pathlib import Path

import pytest

from planner.io.files import locked, write_whole


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_takes_the_permissions_of_another(tmp_path: Path) -> None:
    model = tmp_path / "secret.yaml"
    model.write_bytes(b"x")
    model.chmod(0o600)
    write_whole(tmp_path / "copy.yaml", b"x", like=model)
    assert stat.S_IMODE((tmp_path / "copy.yaml").stat().st_mode) == 0o600


def test_a_full_disk_leaves_what_was_there_and_names_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match=r"table\.csv"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_lock_that_another_holds_is_waited_for_a_while_only(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with locked(lock), pytest.raises(OSError, match="lock"), locked(lock, longest_wait_s=0.1):
        pass
