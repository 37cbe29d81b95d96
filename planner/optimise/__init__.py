"""Instance and request -> plans with what was proved about them."""

from __future__ import annotations

from planner.optimise.grouping import propose

__all__ = ["propose"]
