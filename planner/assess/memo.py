"""Remember what was computed for a plan: families ask for the same ways and staff again and again.

The baseline is asked about for every plan that is compared with it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import TypeVar

from planner.model.instance import Instance
from planner.model.plan import Plan

Computed = TypeVar("Computed")

#: Plans whose result is kept, of each function: a plan, its baseline, and some that are compared.
MOST_KEPT = 8


def remembered(
    compute: Callable[[Instance, Plan], Computed],
) -> Callable[[Instance, Plan], Computed]:
    """Compute once for the same instance and plan, as objects; results must not be changed."""
    kept: OrderedDict[tuple[int, int], tuple[Instance, Plan, Computed]] = OrderedDict()
    lock = Lock()

    @wraps(compute)
    def remember(instance: Instance, plan: Plan) -> Computed:
        key = id(instance), id(plan)  # kept objects keep their identity to themselves
        with lock:
            if key in kept:
                kept.move_to_end(key)
                return kept[key][2]
        computed = compute(instance, plan)
        with lock:
            kept[key] = instance, plan, computed
            if len(kept) > MOST_KEPT:
                kept.popitem(last=False)
        return computed

    return remember
