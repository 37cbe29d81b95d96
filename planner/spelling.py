"""Names as people spell them: which are the same, which is meant, and how a message shows one."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from planner.messages.message import Message

#: Letters of the Norwegian and Sami alphabets that are no accented forms of others.
_LETTERS = frozenset("æøåäö")
_STROKES = str.maketrans({"ŋ": "n", "đ": "d", "ŧ": "t"})
_WITHOUT_LETTERS = str.maketrans({"æ": "a", "ø": "o", "å": "a", "ä": "a", "ö": "o"})
_DIGRAPHS = (("aa", "a"), ("ae", "a"), ("oe", "o"))
_MOST_CHARACTERS = 100  # longer words are no misspelling of a key
_LEAST_LIKENESS = 0.55  # share of letters in common, such as maks and max
_LEAST_PART = 4  # characters by which a word is known to be part of a longer one
_BETWEEN_WORDS = re.compile(r"[\s\-‐‑–—]+")


@lru_cache(maxsize=10_000)
def key(text: str) -> str:
    """Return what two spellings of one name share.

    Case, accents other than those of æ, ø, å, ä and ö, dashes and the number of blanks do not
    matter.
    """
    folded = unicodedata.normalize("NFC", text).casefold().translate(_STROKES)
    bare = (
        folded
        if folded.isascii()
        else "".join(
            letter if letter in _LETTERS else unicodedata.normalize("NFD", letter)[0]
            for letter in folded
        )
    )
    return _BETWEEN_WORDS.sub(" ", bare).strip()


def nearest(
    text: str, known: Iterable[str], *, most: int = 3, least_likeness: float = 0.6
) -> tuple[str, ...]:
    """Return the known spellings that are most like a text, best first.

    Likeness is 1 - d / n: d insertions, deletions, replacements and transpositions of neighbours
    (optimal string alignment) over the length n of the longer one. Letters that a keyboard may
    lack count as their replacements (Aal, Al = Ål), and a qualifier in parentheses may be absent;
    a spelling that is then the same leaves no room for others. Of equally likely spellings, the
    earlier known one comes first.

    Parameters
    ----------
    text : unknown spelling.
    known : spellings to choose from.
    most : how many to return at most.
    least_likeness : share 0-1 below which a spelling is not near.
    """
    wanted = _forms(text)
    ranked = sorted((_alike(wanted, _forms(name)), rank, name) for rank, name in enumerate(known))
    least = 1.0 if ranked and ranked[0][0][0] == -1 else least_likeness
    return tuple(name for (best, _), _, name in ranked if -best >= least)[:most]


def did_you_mean(word: str, choices: Iterable[str], *, most: int = 1) -> Message | None:
    """Ask whether a key or choice was meant; None where none resembles the word."""
    if len(word) > _MOST_CHARACTERS:
        return None
    by_form = {_key_form(choice): choice for choice in choices}
    form = _key_form(word)
    matches = difflib.get_close_matches(form, by_form, n=most, cutoff=_LEAST_LIKENESS)
    parts = [choice for choice in by_form if len(form) >= _LEAST_PART and form in choice]
    meant = tuple(shown(by_form[near]) for near in dict.fromkeys([*matches, *parts]))[:most]
    return Message.of("name.meant", names=meant) if meant else None


def shown(text: str, most: int = 60) -> str:
    """Return text fit for one line of a message: only what prints, shortened if long."""
    line = " ".join(text.split())
    line = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in line)
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _key_form(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")


def _alike(wanted: tuple[str, str], known: tuple[str, str]) -> tuple[float, float]:
    """Likeness of the best forms and of the whole ones, negative so that the best sort first."""
    best = max(_likeness(a, b) for a in wanted for b in known)
    return -best, -_likeness(wanted[0], known[0])


def _forms(text: str) -> tuple[str, str]:
    """Return a text whole and without qualifier, in the letters of every keyboard."""
    plain = key(text).translate(_WITHOUT_LETTERS)
    for digraph, letter in _DIGRAPHS:
        plain = plain.replace(digraph, letter)
    return plain, plain.split(" (")[0]


def _likeness(a: str, b: str) -> float:
    shorter, longer = sorted((len(a), len(b)))
    if 2 * shorter < longer:  # too different for any use, and perhaps too long to compare
        return 0.0
    return 1 - _edits(a, b) / max(longer, 1)


def _edits(a: str, b: str) -> int:
    """Count the edits between two words; the recurrence of optimal string alignment."""
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, letter in enumerate(a, start=1):
        row = [i]
        for j, other in enumerate(b, start=1):
            least = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        before, last = last, row
    return last[-1]
