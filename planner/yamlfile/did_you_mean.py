"""The key or choice that a planner may have meant, for messages about one that is not valid.

Names of places are compared by `spelling`, which knows how Norwegian letters are written.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from planner.yamlfile.tree import quoted

_MOST_CHARACTERS = 100  # longer words are no misspelling of a name
_LEAST_LIKENESS = 0.55  # share of letters in common, such as maks and max
_LEAST_PART = 4  # characters by which a word is known to be part of a longer one


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return `` Did you mean '...'?``, or nothing where no choice resembles the word."""
    match = _nearest(word, choices)
    return f" Did you mean {quoted(match)}?" if match else ""


def _nearest(word: str, choices: Iterable[str]) -> str | None:
    if len(word) > _MOST_CHARACTERS:
        return None
    by_form = {_form(choice): choice for choice in choices}
    form = _form(word)
    matches = difflib.get_close_matches(form, by_form, n=1, cutoff=_LEAST_LIKENESS)
    parts = [choice for choice in by_form if len(form) >= _LEAST_PART and form in choice]
    best = next(iter([*matches, *parts]), None)
    return by_form[best] if best else None


def _form(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")
