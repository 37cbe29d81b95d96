"""The public names of the package, by star import as a user would."""

import subprocess
import sys

import pytest

import planner


def test_all_public_names_can_be_imported() -> None:
    for name in planner.__all__:
        assert getattr(planner, name) is not None
    space: dict[str, object] = {}
    exec("from planner import *", space)  # noqa: S102 - the star import is what is tested
    assert set(planner.__all__) <= set(space)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'rum'"):
        _ = planner.rum


def test_help_loads_no_table_library() -> None:
    script = (
        "import sys, planner.cli.command_line as c; c._parser(); sys.exit('pandas' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
