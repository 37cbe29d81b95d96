"""Types of values in a scenario file: names, texts, dates and figures within their bounds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as Date  # noqa: N812 - `date` is a key of the file
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from planner.model.limits import MEASURES
from planner.yamlfile.tree import UNSHOWN


def _shown(text: str) -> str:
    """Refuse a name or title of several lines, or of nothing that can be seen."""
    if UNSHOWN.search(text):
        raise PydanticCustomError("unshown", "unshown")
    return text


def counted(value: object) -> object:
    """Refuse what merely equals a whole number: true, and 1.0."""
    if isinstance(value, bool | float):
        raise PydanticCustomError("literal_error", "no whole number")
    return value


Name = Annotated[
    str,
    StringConstraints(min_length=1, max_length=100, strip_whitespace=True),
    AfterValidator(_shown),
]
Title = Annotated[
    str,
    StringConstraints(min_length=1, max_length=300, strip_whitespace=True),
    AfterValidator(_shown),
]
Text = Annotated[str, StringConstraints(min_length=1, max_length=1000, strip_whitespace=True)]
Mark = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Score = Annotated[float, Field(allow_inf_nan=False)]
ValidDate = Annotated[
    Date,
    Field(
        ge=Date(1990, 1, 1),
        le=Date(2100, 12, 31),
        json_schema_extra={"formatMinimum": "1990-01-01", "formatMaximum": "2100-12-31"},
    ),
]


def _bounds(measure: str) -> FieldInfo:
    """Return the bounds of a measure, as the table of limits has them."""
    found = MEASURES[measure]
    finite = None if found.whole else False
    bounds: FieldInfo = Field(ge=found.least, le=found.most, allow_inf_nan=finite)
    return bounds


Minutes = Annotated[float, _bounds("minutes")]
Fte = Annotated[float, _bounds("fte")]
People = Annotated[int, _bounds("population")]
OfficeCount = Annotated[int, _bounds("offices")]
Municipalities = Annotated[int, _bounds("members")]
Days = Annotated[float, Field(ge=0, le=5)]
Kilometres = Annotated[float, Field(ge=0, le=5000, allow_inf_nan=False)]
RiskLevel = Annotated[int, Field(ge=1, le=5)]


def list_or(other: str) -> Callable[[object], str]:
    """Tell a list from the other form of a value, so that its faults are told only once."""
    return lambda value: "array" if isinstance(value, list) else other


class Strict(BaseModel):
    """Base of all parts: unknown keys and silent conversions are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
