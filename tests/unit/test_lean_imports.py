"""A run starts without libraries that it does not use."""

import subprocess
import sys

import pytest

from planner.lean_imports import import_without


def test_a_run_imports_nothing_that_it_does_not_use() -> None:
    script = (
        "import sys\n"
        "import planner.cli, planner.pipeline.run_scenario\n"
        "import planner.present.result.document\n"
        "from planner.io.tables.municipalities import read_municipalities\n"
        "from planner.workspace import default_workspace\n"
        "read_municipalities(default_workspace().data)\n"
        "heavy = {'geopandas', 'folium', 'streamlit', 'highspy', 'pulp', 'hypothesis'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_what_is_imported_already_stays() -> None:
    import hypothesis  # noqa: PLC0415 - what this test is about

    import_without(("json.tool",), "hypothesis", "no_such_module")
    assert sys.modules["hypothesis"] is hypothesis
    assert "no_such_module" not in sys.modules
    assert "json.tool" in sys.modules


def test_what_is_hidden_cannot_be_imported_meanwhile() -> None:
    sys.modules.pop("antigravity", None)
    with pytest.raises(ModuleNotFoundError):
        import_without(("antigravity",), "antigravity")
    assert "antigravity" not in sys.modules
