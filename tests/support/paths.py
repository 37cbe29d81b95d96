"""Where tests find what the project ships, whatever folder they lie in."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = ROOT / "scenarios"
#: Real data for comparison, never part of the project; tests that use it skip without it.
REFERENCE = ROOT.parent / "shared" / "reference"
