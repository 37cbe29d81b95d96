"""What can go wrong with input.

Every error that a planner can cause derives from `PlannerError`; the command line and the app
word it (`planner.present.words.faults`) and never print a traceback. Infeasibility is an outcome
of a solve, not an error.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from planner.messages.message import Message
from planner.spelling import shown


class PlannerError(Exception):
    """Base of all errors whose text is written for planners; may be told by another process."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _told_again, (type(self), self.args, vars(self))


def _told_again(kind: type[PlannerError], args: tuple[Any, ...], told: Any) -> PlannerError:  # noqa: ANN401
    error = kind.__new__(kind, *args)
    vars(error).update(told)
    return error


@dataclass(frozen=True)
class Fault:
    """One fault in one file: where it is, which key, and what is expected instead.

    Attributes
    ----------
    file : path as the planner wrote it.
    line : 1-based; 0 where the fault belongs to the whole file.
    key : dotted path inside the file, such as ``propose.weights.travel``; may be empty.
    message : what is wrong, what is expected, and the nearest valid name where there is one; in
        English where only keepers of the data meet it.
    """

    file: str
    line: int
    key: str
    message: str | Message

    def __str__(self) -> str:
        return self.told(str(self.message))

    def __lt__(self, other: Fault) -> bool:
        """Order faults by file, line and key."""
        return self._rank() < other._rank()

    def told(self, message: str, file: str = "") -> str:
        """Return where the fault is and what is wrong, in given words; the file under any name."""
        file = file or self.file
        place = f"{file}:{self.line}" if self.line else file
        return f"{place}  {self.key}: {message}" if self.key else f"{place}  {message}"

    def _rank(self) -> tuple[str, int, str, str]:
        return self.file, self.line, self.key, str(self.message)


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
    message : says so, and what may have been meant.
    """

    def __init__(self, text: str, nearest: tuple[str, ...] = ()) -> None:
        self.text = text
        self.nearest = nearest
        meant = Message.of("name.meant", names=nearest) if nearest else Message.of("name.expected")
        self.message = Message.of("name.unknown", meant, name=shown(text))
        super().__init__(self.message)


class AmbiguousMunicipalityError(PlannerError, LookupError):
    """A name that several municipalities bear, or a municipality that was split.

    Attributes
    ----------
    candidates : spellings that are unique, such as ``Herøy (Nordland)``.
    shares : of the inhabitants that went to each candidate, where it was split; else empty.
    message : says so.
    """

    def __init__(
        self, text: str, candidates: tuple[str, ...], shares: tuple[float, ...] = ()
    ) -> None:
        self.text = text
        self.candidates = candidates
        self.shares = shares
        went = tuple(
            Message.of("name.went", share=f"{share * 100:.0f}", name=name)
            for share, name in zip(shares, candidates, strict=False)
        )
        code = "name.divided" if shares else "name.ambiguous"
        figures = {"went": went} if shares else {}
        self.message = Message.of(code, name=shown(text), names=candidates, **figures)
        super().__init__(self.message)
