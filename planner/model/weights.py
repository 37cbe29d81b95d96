"""What a proposal minimises: exchange rates between the terms of the objective."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from planner.model.limits import MOST_WEIGHT

Rate = Annotated[float, Field(ge=0, le=MOST_WEIGHT, allow_inf_nan=False)]


class Weights(BaseModel):
    """Exchange rates in minutes of mean travel per inhabitant."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    travel: Rate = 1.0
    """Per minute of mean travel."""
    severed: Rate = 0.0
    """Per percent of inter-municipal commuters cut by group borders."""
    office: Rate = 0.0
    """Per office."""
    staff: Rate = 0.0
    """Per minute of mean travel per FTE."""
    council: Rate = 0.0
    """Per percent of the population in a group outside its host's regional council."""
    change: Rate = 0.0
    """Per percent of the population whose host differs from the baseline."""
