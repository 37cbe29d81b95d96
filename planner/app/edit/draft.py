"""A scenario's text while somebody edits it: one history for whatever changes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from planner.pipeline.result import Result
from planner.present.words.text import text as words
from planner.scenario.store import Stored

MOST_STEPS = 200
MOST_LETTERS = 20_000_000  # in all steps together


@dataclass(frozen=True)
class Event:
    """What happened to a draft.

    Attributes
    ----------
    say : says it, in the language of whoever asks.
    refused : whether it is something that could not be done.
    """

    say: Callable[[], str]
    refused: bool = False


class History:
    """Texts in the order in which they came about, and which of them is shown."""

    def __init__(self, text: str) -> None:
        self._texts = [text]
        self._at = 0

    @property
    def text(self) -> str:
        """The text that is shown."""
        return self._texts[self._at]

    @property
    def can_undo(self) -> bool:
        """Whether there is an earlier text."""
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        """Whether a later text was left by undoing."""
        return self._at < len(self._texts) - 1

    def record(self, text: str) -> None:
        """Go on with another text; what had been undone is forgotten."""
        if text == self.text:
            return
        self._texts[self._at + 1 :] = [text]
        while len(self._texts) > 2 and (  # noqa: PLR2004 - one step back is always kept
            len(self._texts) > MOST_STEPS or sum(map(len, self._texts)) > MOST_LETTERS
        ):
            del self._texts[0]
        self._at = len(self._texts) - 1

    def step(self, steps: int) -> bool:
        """Go back (negative) or forth, as far as there are texts; tell whether it moved."""
        to = min(max(self._at + steps, 0), len(self._texts) - 1)
        moved, self._at = to != self._at, to
        return moved


@dataclass
class Draft:
    """What one reader has made of one scenario file.

    Attributes
    ----------
    path : of the file.
    saved : the file as the reader last read or wrote it.
    history : every text since it was opened.
    revision : how often something else than the text field has changed the text; the field
        shows the text anew when it changes.
    taken : number of the last edit that came from the text field.
    born : tells this draft from one of the same file in a later session.
    event : what happened last, to be said on the page until the next change.
    measured : the last plan that could be measured; shown while the text has faults.
    """

    path: Path
    saved: Stored
    history: History
    revision: int = 0
    taken: float = 0
    born: str = field(default_factory=lambda: uuid4().hex)
    event: Event | None = None
    measured: Result | None = None

    @classmethod
    def opened(cls, path: Path, stored: Stored) -> Draft:
        """Begin to edit a file."""
        return cls(path, stored, History(stored.text))

    @property
    def name(self) -> str:
        """Name inside the library, such as ``hallingdal/modell-e``."""
        return f"{self.path.parent.name}/{self.path.stem}"

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self.history.text

    @property
    def unsaved(self) -> bool:
        """Whether the text is another one than in the file."""
        return self.text != self.saved.text

    def change(self, text: str, event: Event | None = None) -> None:
        """Take a text from anywhere but the text field."""
        self.event = event
        if text != self.text:
            self.history.record(text)
            self.revision += 1

    def step(self, steps: int) -> None:
        """Undo (negative) or redo."""
        self.event = None
        if self.history.step(steps):
            self.revision += 1

    def take(self, edit: object) -> None:
        """Take what the text field sends: a text, and perhaps a step through the history.

        A text that was written before the field had heard of a change is not shown, since the
        change would be lost; it is put into the history, one step back.

        Parameters
        ----------
        edit : dict of ``text`` (None where nothing was written), ``revision``, ``number`` (grows
            with every edit), ``step``, and, where a reload had interrupted it, ``base``: the
            version of the file that it began with. Anything else is passed over.
        """
        if not isinstance(edit, dict):
            return
        text, number, step = edit.get("text"), edit.get("number"), edit.get("step")
        if not isinstance(number, int | float) or number <= self.taken:
            return
        self.taken = number
        self.event = None
        if isinstance(text, str) and text != self.text:
            now = self.text
            self.history.record(text)
            if edit.get("revision") != self.revision:
                self.history.record(now)
                self.event = Event(lambda: words("edit.one_step_back"))
        base = edit.get("base")
        if isinstance(base, str):
            self.saved = Stored(self.saved.text, base)
            self.event = Event(lambda: words("edit.restored"))
        if step in {-1, 1}:
            self.step(step)


@dataclass
class Drafts:
    """The drafts of one reader's session."""

    drafts: dict[Path, Draft] = field(default_factory=dict)

    def get(self, path: Path) -> Draft | None:
        """Return the draft of a file, if it was begun."""
        return self.drafts.get(path)

    def put(self, draft: Draft) -> Draft:
        """Keep a draft."""
        self.drafts[draft.path] = draft
        return draft

    @property
    def unsaved(self) -> list[Draft]:
        """Drafts that their files do not hold yet."""
        return [draft for draft in self.drafts.values() if draft.unsaved]
