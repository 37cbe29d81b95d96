"""Keeping libraries from importing others that happen to be installed: a run must start fast.

pandera imports geopandas and hypothesis, and scipy (by way of numpy's f2py) imports
charset_normalizer, wherever they find them. Kontorplan uses none of them through these libraries,
and they take a fifth of the time of a small run.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module


def import_without(libraries: tuple[str, ...], *names: str) -> None:
    """Import libraries as if others were not installed."""
    with hidden(*names):
        for library in libraries:
            import_module(library)


@contextmanager
def hidden(*names: str) -> Iterator[None]:
    """Make imports of some libraries fail for a while, but for those already imported."""
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type] # None: not importable
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
