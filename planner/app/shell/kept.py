"""What pages write of a result again and again, kept for all readers of a language."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from planner.present.words.text import language

Thing = TypeVar("Thing")
Made = TypeVar("Made")
#: So many of each are kept, those asked for last.
MOST_KEPT = 100


def kept(make: Callable[[Thing], Made]) -> Callable[[Thing], Made]:
    """Keep what a function makes of a thing, such as a result; it must not be changed."""

    @lru_cache(maxsize=MOST_KEPT)
    def made(_spoken: str, thing: Thing) -> Made:
        return make(thing)

    @wraps(make)
    def kept(thing: Thing) -> Made:
        return made(language(), thing)

    return kept
