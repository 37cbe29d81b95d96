"""The audit fails on flaws alone, and says why where it could not look."""

import importlib.util

import pytest

from tests.support.audit import audit, judged


def test_flaws_fail_and_what_is_out_of_reach_is_told() -> None:
    assert judged(0, "", "No known vulnerabilities found") == (0, "no known flaw")
    code, told = judged(1, "h11 0.1 CVE-1", "Found 1 known vulnerability in 1 package")
    assert code == 1
    assert "CVE-1" in told
    assert judged(1, "", "x\nConnectionError: no route") == (
        0, "skipped: the list of flaws was not read: ConnectionError: no route"
    )  # fmt: skip


def test_without_the_tool_the_reason_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert audit() == (0, "skipped: pip-audit is not installed (pip install pip-audit)")
