from __future__ import annotations

from pathlib import Path
from typing import Any

from planner.app.edit.draft import MOST_STEPS, Draft, Drafts, History
from planner.scenario.store import Stored

PATH = Path("dal") / "a.yaml"


def draft(text: str = "0") -> Draft:
    return Draft.opened(PATH, Stored(text, "v1"))


def edit(text: str | None, number: float, revision: int = 0, **more: Any) -> dict[str, Any]:
    return {"text": text, "number": number, "revision": revision, "step": 0, **more}


def test_history_goes_back_and_forth_and_forgets_what_was_undone() -> None:
    history = History("a")
    assert not history.can_undo
    for text in ("b", "b", "c"):
        history.record(text)
    assert history.step(-1)
    assert (history.text, history.can_redo) == ("b", True)
    assert history.step(-5)
    assert history.text == "a"
    assert not history.step(-1)
    history.step(2)
    assert history.text == "c"
    history.step(-1)
    history.record("d")
    assert not history.can_redo
    history.step(-2)
    assert history.text == "a"


def test_history_is_bounded_and_always_has_one_step_back() -> None:
    history = History("0")
    for number in range(MOST_STEPS + 50):
        history.record(str(number + 1))
    assert history.step(-MOST_STEPS * 2)
    assert history.text == "51"
    history = History("0")
    for letter in "abc":
        history.record(letter * 15_000_000)
    history.step(-5)
    assert history.text[0] == "b"


def test_one_history_of_text_form_and_map() -> None:
    one = draft()
    one.take(edit("typed", 1))
    one.change("by form")
    one.take(edit("typed after", 2, revision=1))
    assert one.unsaved
    seen = [one.text]
    while one.history.can_undo:
        one.step(-1)
        seen.append(one.text)
    assert seen == ["typed after", "by form", "typed", "0"]
    assert not one.unsaved


def test_the_field_is_told_to_show_what_it_did_not_write_itself() -> None:
    one = draft()
    one.take(edit("typed", 1))
    assert one.revision == 0
    one.change("by map")
    assert one.revision == 1
    one.change("by map")
    assert one.revision == 1
    one.step(-1)
    assert one.revision == 2
    one.step(5)
    one.step(5)
    assert one.revision == 3


def test_what_was_written_meanwhile_is_one_step_back() -> None:
    one = draft()
    one.change("by map")
    one.take(edit("0 typed", 1, revision=0))
    assert one.text == "by map"
    assert one.event is not None
    assert "ett steg tilbake" in one.event.say()
    one.step(-1)
    assert one.text == "0 typed"


def test_steps_by_key_with_and_without_text() -> None:
    one = draft()
    one.take(edit("typed", 1))
    one.take(edit(None, 2, step=-1))
    assert (one.text, one.revision) == ("0", 1)
    one.take(edit(None, 3, revision=0, step=1))  # pressed before the field heard of the step
    assert one.text == "typed"
    one.take(edit("typed more", 4, revision=2, step=-1))
    assert one.text == "typed"
    assert one.history.can_redo


def test_edits_are_taken_once_and_in_order() -> None:
    one = draft()
    one.take(edit("second", 2))
    one.take(edit("first", 1))
    one.take(edit("again", 2))
    assert one.text == "second"
    for junk in (None, "x", {}, edit("x", 3) | {"number": "4"}, edit(None, 4) | {"text": 5}):
        one.take(junk)
    assert one.text == "second"


def test_a_text_that_a_reload_interrupted_remembers_what_it_began_with() -> None:
    one = Draft.opened(PATH, Stored("theirs", "v2"))
    one.take(edit("mine", 1, base="v1"))
    assert (one.text, one.saved.version) == ("mine", "v1")
    assert one.event is not None
    assert "hentet fram" in one.event.say()
    one.step(-1)
    assert one.text == "theirs"


def test_drafts_of_a_session() -> None:
    kept = Drafts()
    one = kept.put(draft())
    assert kept.get(PATH) is one
    assert kept.get(Path("dal") / "b.yaml") is None
    assert kept.unsaved == []
    one.change("x")
    assert kept.unsaved == [one]
    assert one.name == "dal/a"
