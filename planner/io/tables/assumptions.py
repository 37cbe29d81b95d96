"""Parameters that nobody publishes for Norway as a whole: each with unit, range and source."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

from planner.errors import DataError, Fault
from planner.io.bundle import Bundle, kept


class Assumption(BaseModel):
    """One parameter.

    Attributes
    ----------
    unit : unit of all three values.
    default, low, high : value used, and the range within which it is believed to lie.
    least, most : what a scenario may set, where that is more than the range.
    provenance : ``assumed`` where it was chosen, ``estimated`` where fitted, ``observed`` else.
    source : who says so, or why it was chosen.
    meaning : what it is, in one sentence for planners.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    unit: str
    default: Annotated[float, Field(allow_inf_nan=False)]
    low: Annotated[float, Field(allow_inf_nan=False)]
    high: Annotated[float, Field(allow_inf_nan=False)]
    least: Annotated[float, Field(allow_inf_nan=False)] | None = None
    most: Annotated[float, Field(allow_inf_nan=False)] | None = None
    provenance: Literal["observed", "estimated", "assumed"]
    source: Annotated[str, Field(min_length=3)]
    meaning: Annotated[str, Field(min_length=3)]

    @model_validator(mode="after")
    def _default_in_range(self) -> Assumption:
        if not self.low <= self.default <= self.high:
            msg = f"default {self.default} is outside its own range {self.low} to {self.high}"
            raise ValueError(msg)
        least, most = self.allowed
        if not least <= self.low <= self.high <= most:
            msg = f"range {self.low} to {self.high} is outside what is allowed, {least} to {most}"
            raise ValueError(msg)
        return self

    @property
    def allowed(self) -> tuple[float, float]:
        """Least and greatest value that a scenario may set."""
        return (
            self.low if self.least is None else self.least,
            self.high if self.most is None else self.most,
        )


@kept("assumptions")
def load_assumptions(bundle: Bundle) -> Mapping[str, Assumption]:
    """Read every parameter, in the file's order.

    Raises
    ------
    DataError : unreadable YAML, an unknown key, a missing key or a value of the wrong type.
    """
    path = bundle.path("assumptions")
    try:
        entries = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except (YAMLError, UnicodeDecodeError) as error:
        raise DataError([Fault(str(path), 0, "", f"not readable as YAML: {error}")]) from None
    if not isinstance(entries, CommentedMap):
        raise DataError([Fault(str(path), 1, "", "expected parameters, one key each.")])
    assumptions: dict[str, Assumption] = {}
    faults: list[Fault] = []
    for name, entry in entries.items():
        line = entries.lc.key(name)[0] + 1
        try:
            assumptions[str(name)] = Assumption.model_validate(entry)
        except ValidationError as error:
            for detail in error.errors():
                key = ".".join([str(name), *map(str, detail["loc"])])
                faults.append(Fault(str(path), line, key, f"{detail['msg']}."))
    if faults:
        raise DataError(faults)
    return MappingProxyType(assumptions)
