"""A message as data: a code and its figures. Pages word it in the reader's language.

A program that reads files without any page still has to say what is wrong with them, so ``str``
words a message in English.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import Formatter
from typing import Any, Self, TypeAlias

#: What fills a field of a text: names are listed, messages worded, numbers written as in YAML.
Figure: TypeAlias = "str | float | Message | tuple[Figure, ...]"


@dataclass(frozen=True)
class Message:
    """One or more sentences, or a part of one.

    Attributes
    ----------
    code : of the text, such as ``plan.twice``.
    figures : what its fields are filled with, by name.
    more : sentences that follow.
    """

    code: str
    figures: tuple[tuple[str, Figure], ...] = ()
    more: tuple[Message, ...] = ()

    @classmethod
    def of(cls, code: str, *more: Message | None, **figures: Figure) -> Self:
        """Make a message; what follows it may be absent."""
        return cls(code, tuple(figures.items()), tuple(one for one in more if one is not None))

    def __str__(self) -> str:
        """Word it in English."""
        return self.worded("en")

    def worded(self, language: str) -> str:
        """Word it.

        Raises
        ------
        KeyError : the catalogue has no such text, or a field is not given.
        """
        written = _Writer(language).vformat(catalogue(language)[self.code], (), dict(self.figures))
        return " ".join([written, *(one.worded(language) for one in self.more)])


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return the texts of a language by their codes."""
    file = resources.files("planner.messages").joinpath("texts", f"{language}.toml")
    topics = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        f"{topic}.{name}": text for topic, texts in topics.items() for name, text in texts.items()
    }


class _Writer(Formatter):
    """Fills a text's fields.

    ``{names:and}`` and ``{names:or}`` list as a sentence does, ``{names:quoted}`` puts each in
    quotes before, and ``{what:capital}`` begins a sentence.
    """

    def __init__(self, language: str) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401 - any figure
        if isinstance(value, tuple):
            return self._listed([self.format_field(one, "") for one in value], format_spec)
        if isinstance(value, float):
            return f"{value:.12g}"
        written = value.worded(self._language) if isinstance(value, Message) else str(value)
        return f"{written[:1].upper()}{written[1:]}" if format_spec == "capital" else written

    def _listed(self, words: list[str], how: str) -> str:
        own = catalogue(self._language)
        if how == "quoted":
            words, how = [own["word.quote"].format(word=word) for word in words], "or"
        if not how:
            return ", ".join(words)
        joined_by = f" {own[f'word.{how}']} "
        return joined_by.join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
