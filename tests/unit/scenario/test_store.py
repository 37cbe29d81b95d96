from __future__ import annotations

import signal
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from planner.scenario.store import (
    HISTORY,
    ChangedError,
    StoreError,
    earlier_versions,
    existing_path,
    make_region,
    read_stored,
    save_scenario,
    scenario_path,
)

KILLED = """
import os, signal, sys
from pathlib import Path
from planner.io import files
from planner.scenario import store

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

step = sys.argv[2]
if step == "replace":
    Path.replace = die
elif step == "half":
    whole = files._write_new
    def half(path, content, mode):
        if path.parent.name != sys.argv[3]:
            return whole(path, content, mode)
        whole(path, content[: len(content) // 2], mode)
        die()
    files._write_new = half
else:
    store._keep = die
path = Path(sys.argv[1])
store.save_scenario(path, "new " * 1000, read=store.read_stored(path).version)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "root" / "dal").mkdir(parents=True)
    return tmp_path / "root"


def saved(path: Path, *texts: str) -> None:
    for text in texts:
        before = read_stored(path)
        save_scenario(path, text, read=before.version if before else None)


def test_a_new_file_then_its_next_version(root: Path) -> None:
    path = scenario_path(root, "dal", "modell-å_1")
    assert path == root / "dal" / "modell-å_1.yaml"
    assert read_stored(path) is None
    first = save_scenario(path, "title: é\n", read=None)
    assert read_stored(path) == first
    second = save_scenario(path, "title: ø\n", read=first.version)
    assert path.read_bytes() == "title: ø\n".encode()
    assert second.version != first.version
    [kept] = earlier_versions(path)
    assert kept.path.read_text("utf-8") == "title: é\n"
    assert kept.path.parent == root / "dal" / HISTORY
    assert [file.name for file in root.glob("*/*.yaml")] == ["modell-å_1.yaml"]


def test_every_version_is_kept_newest_first_and_none_for_the_same_text(root: Path) -> None:
    path = scenario_path(root, "dal", "a")
    saved(path, "1", "2", "2", "3", "4")
    assert [kept.path.read_text("utf-8") for kept in earlier_versions(path)] == ["3", "2", "1"]
    saved(scenario_path(root, "dal", "a-b"), "x", "y")
    (root / "dal" / HISTORY / "a.notes.yaml").write_text("by hand", "utf-8")
    assert len(earlier_versions(path)) == 3


def test_what_was_changed_meanwhile_is_told_and_nothing_written(root: Path) -> None:
    path = scenario_path(root, "dal", "a")
    mine = save_scenario(path, "first", read=None)
    path.write_text("theirs", "utf-8")
    with pytest.raises(ChangedError) as told:
        save_scenario(path, "mine", read=mine.version)
    assert told.value.theirs is not None
    assert told.value.theirs.text == "theirs" == path.read_text("utf-8")
    save_scenario(path, "mine", read=told.value.theirs.version)
    assert earlier_versions(path)[0].path.read_text("utf-8") == "theirs"


def test_a_file_that_is_gone_or_has_come(root: Path) -> None:
    path = scenario_path(root, "dal", "a")
    before = save_scenario(path, "first", read=None)
    path.unlink()
    with pytest.raises(ChangedError) as told:
        save_scenario(path, "mine", read=before.version)
    assert told.value.theirs is None
    saved(path, "theirs")
    for name in ("a", "A"):
        with pytest.raises(StoreError) as refused:
            save_scenario(scenario_path(root, "dal", name), "mine", read=None)
        assert refused.value.reason == "taken"


def test_line_feeds_of_other_systems(root: Path) -> None:
    path = scenario_path(root, "dal", "a")
    path.write_bytes("\ufefftitle: x\r\nschema: 1\r\n".encode())
    found = read_stored(path)
    assert found is not None
    assert found.text == "title: x\nschema: 1\n"
    assert save_scenario(path, found.text, read=found.version) == found


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "name"),
        ("..", "name"),
        ("../x", "name"),
        ("/etc/passwd", "name"),
        ("a/b", "name"),
        ("a\\b", "name"),
        ("a.yaml", "name"),
        (".history", "name"),
        ("-rf", "name"),
        ("a b", "name"),
        ("a\n", "name"),
        ("a\0", "name"),
        ("اب", "name"),
        ("x" * 81, "long"),
        ("CON", "reserved"),
        ("lpt9", "reserved"),
    ],
)
def test_names_that_are_none(root: Path, name: str, reason: str) -> None:
    with pytest.raises(StoreError) as refused:
        scenario_path(root, "dal", name)
    assert refused.value.reason == reason
    with pytest.raises(StoreError):
        scenario_path(root, name, "a")
    with pytest.raises(StoreError):
        existing_path(root, "dal", name)


def test_a_file_may_be_called_what_no_new_one_may(root: Path) -> None:
    (root / "dal" / "modell e [v1.2].yaml").write_text("old", "utf-8")
    path = existing_path(root, "dal", "modell e [v1.2]")
    saved(path, "new")
    assert [kept.path.read_text("utf-8") for kept in earlier_versions(path)] == ["old"]
    (root / "dal" / "sub").mkdir()
    (root / "dal" / "sub" / "a.yaml").write_text("x", "utf-8")
    for region, name in (("dal", "sub/a"), ("dal/sub", "a"), ("dal/../dal", "a"), ("..", "a")):
        with pytest.raises(StoreError):
            existing_path(root, region, name)


def test_links_lead_nowhere(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.yaml").write_text("secret", "utf-8")
    (root / "away").symlink_to(outside)
    (root / "dal" / "a.yaml").symlink_to(outside / "secret.yaml")
    for region, name in (("away", "secret"), ("away", "new"), ("dal", "a"), ("none", "a")):
        with pytest.raises(StoreError) as refused:
            scenario_path(root, region, name)
        assert refused.value.reason == "outside"
        with pytest.raises(StoreError):
            existing_path(root, region, name)
    with pytest.raises(StoreError):
        read_stored(root / "dal" / "a.yaml")
    (root / "dal" / HISTORY).symlink_to(outside)
    with pytest.raises(StoreError):
        save_scenario(scenario_path(root, "dal", "b"), "x", read=None)
    assert sorted(file.name for file in outside.iterdir()) == ["secret.yaml"]


def test_what_cannot_be_read_or_written(root: Path) -> None:
    path = scenario_path(root, "dal", "a")
    with pytest.raises(StoreError) as refused:
        save_scenario(path, "\ud800", read=None)
    assert refused.value.reason == "letters"
    path.write_bytes(b"\xff")
    with pytest.raises(StoreError) as refused:
        read_stored(path)
    assert refused.value.reason == "unreadable"
    path.unlink()
    (root / "dal" / HISTORY).write_text("a file in the way", "utf-8")
    with pytest.raises(StoreError) as refused:
        save_scenario(path, "x", read=None)
    assert refused.value.reason == "unwritable"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize(
    ("step", "folder"), [("keep", ""), ("half", "dal"), ("half", HISTORY), ("replace", "")]
)
def test_a_kill_leaves_whole_files_and_the_next_save_works(
    root: Path, step: str, folder: str
) -> None:
    path = scenario_path(root, "dal", "a")
    saved(path, "old")
    done = subprocess.run([sys.executable, "-c", KILLED, str(path), step, folder], check=False)
    assert done.returncode == -signal.SIGKILL
    assert path.read_text("utf-8") == "old"
    saved(path, "new")
    assert path.read_text("utf-8") == "new"
    assert {one.path.read_text("utf-8") for one in earlier_versions(path)} == {"old"}
    assert not list(path.parent.glob(".*.part*"))


def test_an_earlier_version_is_as_secret_as_the_file(root: Path) -> None:
    path = scenario_path(root, "dal", "a")
    saved(path, "old")
    path.chmod(0o640)
    saved(path, "new")
    assert stat.S_IMODE(earlier_versions(path)[0].path.stat().st_mode) == 0o640


def test_of_ten_who_save_at_once_one_wins_and_all_texts_can_be_found(root: Path) -> None:
    path = scenario_path(root, "dal", "a")
    start = save_scenario(path, "start", read=None)

    def insist(number: int) -> int:
        """Save over whatever is there, as one who keeps his own each time; count the refusals."""
        read: str | None = start.version
        refused = 0
        while True:
            try:
                save_scenario(path, f"by {number}", read=read)
            except ChangedError as error:
                read, refused = error.theirs.version if error.theirs else None, refused + 1
            else:
                return refused

    with ThreadPoolExecutor(10) as pool:
        refusals = list(pool.map(insist, range(10)))
    assert refusals.count(0) == 1
    texts = [kept.path.read_text("utf-8") for kept in earlier_versions(path)]
    assert {*texts, path.read_text("utf-8")} == {"start", *(f"by {one}" for one in range(10))}
    assert len(texts) == 10


def test_a_region_gets_a_folder_of_its_own(tmp_path: Path) -> None:
    assert make_region(tmp_path, " Nord  og Sør ") == "Nord_og_Sør"
    assert (tmp_path / "Nord_og_Sør").is_dir()
    for name, reason in (
        ("nord og sør", "taken"),
        ("../x", "name"),
        ("", "name"),
        ("con", "reserved"),
        ("x" * 81, "long"),
    ):
        with pytest.raises(StoreError) as refused:
            make_region(tmp_path, name)
        assert refused.value.reason == reason
    assert [path.name for path in tmp_path.iterdir()] == ["Nord_og_Sør"]
