"""Everything printed and written about the shipped scenarios is what was last looked at."""

import json
from pathlib import Path

import pytest

from tests.support.freeze import FROZEN, by_region, frozen_outputs


@pytest.mark.parametrize(("region", "paths"), by_region().items(), ids=by_region())
def test_outputs_are_those_that_were_looked_at(region: str, paths: list[Path]) -> None:
    frozen = json.loads(FROZEN.read_text(encoding="utf-8"))
    expected = {name: value for name, value in frozen.items() if name.startswith(region)}
    found = frozen_outputs(paths)
    different = sorted(
        name for name in expected.keys() | found if expected.get(name) != found.get(name)
    )
    assert not different, "write them anew with `python -m tests.support.freeze` if this is meant"
