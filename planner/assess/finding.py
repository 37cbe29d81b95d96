"""A finding: one statement about a plan, as a key and its fields; sentences are made from it.

The catalogue of texts has one whole sentence a key and language, so that no sentence is put
together from parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field bears the name
from typing import Literal

from planner.provenance import Provenance


@dataclass(frozen=True)
class Amount:
    """A figure; units as in `Indicator`, empty for a plain number."""

    value: float
    unit: str = ""


@dataclass(frozen=True)
class Places:
    """Municipalities by code, in the order in which a sentence names them."""

    codes: tuple[str, ...]
    joined_by: Literal["and", "or"] = "and"


@dataclass(frozen=True)
class Words:
    """Names and texts that stand in every language as the data or the scenario write them."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Day:
    """A date."""

    date: Date


Field = Amount | Places | Words | Day


@dataclass(frozen=True)
class Finding:
    """One statement about a plan.

    Attributes
    ----------
    key : ``topic.statement``; the sentence of that key has exactly these fields.
    about : codes of the municipalities, or of the group's host, that it is about.
    provenance : the weakest provenance among its figures.
    fields : name -> what stands in its place.
    """

    key: str
    about: tuple[str, ...]
    provenance: Provenance
    fields: Mapping[str, Field]

    @property
    def topic(self) -> str:
        """First part of the key, such as ``withdrawal``."""
        return self.key.split(".", 1)[0]


def place(code: str) -> Places:
    """Name one municipality."""
    return Places((code,))


def places(codes: Iterable[str], joined_by: Literal["and", "or"] = "and") -> Places:
    """Name several municipalities."""
    return Places(tuple(codes), joined_by)
