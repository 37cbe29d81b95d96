"""What can go wrong with input, in words for planners.

Every error that a planner can cause derives from `PlannerError`; the command line and the app
print its text and never a traceback. Infeasibility is an outcome of a solve, not an error.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


class PlannerError(Exception):
    """Base of all errors whose text is written for planners; may be told by another process."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _told_again, (type(self), self.args, vars(self))


def _told_again(kind: type[PlannerError], args: tuple[Any, ...], told: Any) -> PlannerError:  # noqa: ANN401
    error = kind.__new__(kind, *args)
    vars(error).update(told)
    return error


@dataclass(frozen=True, order=True)
class Fault:
    """One fault in one file: where it is, which key, and what is expected instead.

    Attributes
    ----------
    file : path as the planner wrote it.
    line : 1-based; 0 where the fault belongs to the whole file.
    key : dotted path inside the file, such as ``propose.weights.travel``; may be empty.
    message : what is wrong, what is expected, and the nearest valid name where there is one.
    """

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}  {self.key}: {self.message}" if self.key else f"{place}  {self.message}"


class FaultyInputError(PlannerError, ValueError):
    """Input with one or more faults; all of them, sorted by file and line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class ScenarioError(FaultyInputError):
    """A scenario file that cannot be used as it stands."""


class DataError(FaultyInputError):
    """A table that is missing, changed, or does not fit its schema."""


class LabelMismatchError(PlannerError, ValueError):
    """Two tables that should share labels do not, or order them differently."""


class TooLittleMemoryError(PlannerError, MemoryError):
    """Memory ran out before anything was found; the text says what to ask for instead."""


class UnknownMunicipalityError(PlannerError, LookupError):
    """No municipality of any vintage has this name or number.

    Attributes
    ----------
    nearest : names that the planner may have meant, best first.
    """

    def __init__(self, text: str, nearest: tuple[str, ...] = ()) -> None:
        self.text = text
        self.nearest = nearest
        super().__init__(f"no municipality is called {text!r}")


class AmbiguousMunicipalityError(PlannerError, LookupError):
    """A name that several municipalities bear, or a municipality that was split.

    Attributes
    ----------
    candidates : spellings that are unique, such as ``Herøy (Nordland)``.
    reason : why there are several, where that is not plain; may be empty.
    """

    def __init__(self, text: str, candidates: tuple[str, ...], reason: str = "") -> None:
        self.text = text
        self.candidates = candidates
        self.reason = reason
        because = f": {reason}" if reason else ""
        super().__init__(f"{text!r} may be any of {', '.join(candidates)}{because}")
