"""Words that the data tables hold in one language only, in the reader's.

The tables are the authority: a name that a planner has edited there is shown as it stands.
"""

from __future__ import annotations

import re

from planner.present.words.text import keys, language, text

#: The language in which the tables write the names of functions and risk factors.
NAMES_ARE_IN = "nb"
#: The language in which the tables write what a parameter means.
MEANINGS_ARE_IN = "en"


def function_name(key: str, own: str) -> str:
    """Return a specialist function's name; ``own`` is the one of functions.yaml."""
    return _translated(f"function.{key}", own, NAMES_ARE_IN)


def risk_factor_name(number: int | str, own: str) -> str:
    """Return a risk factor's name; ``own`` is the one of risk_factors.yaml."""
    return _translated(f"risk_factor.{number}", own, NAMES_ARE_IN)


def parameter_meaning(name: str, own: str) -> str:
    """Return what a parameter means; ``own`` is what assumptions.yaml says."""
    return _translated(f"parameter.{name}", own, MEANINGS_ARE_IN)


def parameter_unit(own: str) -> str:
    """Return a parameter's unit in words; ``own`` is the one of assumptions.yaml."""
    return _translated(f"parameter_unit.{_slug(own)}", own, MEANINGS_ARE_IN)


def _slug(words: str) -> str:
    return re.sub("[^a-z0-9]+", "_", words.lower())


def _translated(key: str, own: str, written_in: str) -> str:
    return own if language() == written_in or key not in keys() else text(key)
