"""What pages write again and again: made once for each language."""

from __future__ import annotations

from planner.app.shell.kept import kept
from planner.present.words.text import language, speaking


def test_it_is_made_once_for_each_language_and_thing() -> None:
    made: list[tuple[str, object]] = []

    @kept
    def write(thing: object) -> str:
        """Write."""
        made.append((language(), thing))
        return f"{language()} {thing}"

    assert [write(1), write(1), write(2)] == ["nb 1", "nb 1", "nb 2"]
    with speaking("en"):
        assert write(1) == write(1) == "en 1"
    assert write(1) == "nb 1"
    assert made == [("nb", 1), ("nb", 2), ("en", 1)]
    assert write.__doc__ == "Write."
