"""What was computed once and may be asked for again: bounded, and shared by threads."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from cachetools import LRUCache

Made = TypeVar("Made")


class Memo:
    """Values by key; what was asked for longest ago goes first. They must not be changed.

    Parameters
    ----------
    most : sum of the weights of the values that are kept.
    """

    def __init__(self, most: float = 400) -> None:
        self._kept: LRUCache[Hashable, tuple[Any, float]] = LRUCache(most, lambda kept: kept[1])
        self._lock = Lock()
        self._making: WeakValueDictionary[Hashable, Lock] = WeakValueDictionary()

    def get(self, key: Hashable, make: Callable[[], Made], weight: float = 1) -> Made:
        """Return the value of a key, made by the first thread that asks while others wait.

        What `make` raises is not kept. A value may ask the memo for others while it is made, but
        not for itself.
        """
        with self._lock:
            if key in self._kept:
                return self._kept[key][0]  # type: ignore[no-any-return]
            mine = self._making.setdefault(key, Lock())
        with mine:
            with self._lock:
                if key in self._kept:
                    return self._kept[key][0]  # type: ignore[no-any-return]
            made = make()
            with self._lock:
                self._kept[key] = made, weight
            return made
