"""Known flaws of what the lock pins: `python -m tests.support.audit`, a step of `.ci/run`.

It asks a public list, which not every machine reaches; where it cannot, it says why and is passed
over. `pip install pip-audit` beside the project is all that it needs.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys

from tests.support.paths import ROOT

FLAWS = 1
FOUND = "known vulnerabilit"


def audit() -> tuple[int, str]:
    """Return an exit code and what to tell: 0 without flaws, or where nobody could be asked."""
    if importlib.util.find_spec("pip_audit") is None:
        return 0, "skipped: pip-audit is not installed (pip install pip-audit)"
    lock = ["--requirement", str(ROOT / "requirements.lock"), "--no-deps", "--disable-pip"]
    done = subprocess.run(
        [sys.executable, "-m", "pip_audit", *lock, "--progress-spinner", "off"],
        capture_output=True,
        text=True,
        check=False,
    )
    return judged(done.returncode, done.stdout, done.stderr)


def judged(code: int, told: str, wrong: str) -> tuple[int, str]:
    """Tell flaws from a list that was out of reach."""
    if code == 0:
        return 0, "no known flaw"
    if FOUND in wrong or FOUND in told:
        return FLAWS, f"{told}\n{wrong}".strip()
    reason = (wrong.strip() or told.strip() or "no reason given").splitlines()[-1]
    return 0, f"skipped: the list of flaws was not read: {reason[:200]}"


if __name__ == "__main__":
    exit_code, words = audit()
    sys.stdout.write(f"audit: {words}\n")
    sys.exit(exit_code)
