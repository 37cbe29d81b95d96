"""Remember what was computed for a plan: families ask for the same ways and staff again and again.

The baseline is asked about for every plan that is compared with it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from planner.memo import Memo
from planner.model.instance import Instance
from planner.model.plan import Plan

Computed = TypeVar("Computed")

#: Plans whose result is kept, of each function: a plan, its baseline, and some that are compared.
MOST_KEPT = 8


def remembered(
    compute: Callable[[Instance, Plan], Computed],
) -> Callable[[Instance, Plan], Computed]:
    """Compute once for the same instance and plan, as objects; results must not be changed."""
    kept = Memo(MOST_KEPT)

    @wraps(compute)
    def remember(instance: Instance, plan: Plan) -> Computed:
        def computed() -> tuple[Instance, Plan, Computed]:
            return instance, plan, compute(instance, plan)  # kept objects keep their identity

        return kept.get((id(instance), id(plan)), computed)[2]

    return remember
