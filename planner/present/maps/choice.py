"""A map on which municipalities are chosen: those that are, and all others."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from planner.present.maps.colours import LAND, PALETTE
from planner.present.maps.drawing import Drawing, LegendEntry
from planner.present.words.text import text


def choice_drawing(
    names: Mapping[str, str], about: Mapping[str, str], chosen: Collection[str]
) -> Drawing:
    """Draw which municipalities are chosen; the same for all pages that let readers choose.

    Parameters
    ----------
    names : code -> name, of all that can be chosen; those that are named first come first.
    about : code -> what else is told of it, such as its county.
    chosen : codes.
    """
    told = {True: text("map.chosen"), False: text("map.not_chosen")}
    return Drawing(
        codes=tuple(sorted(names)),
        labels={code: (name,) for code, name in names.items()},
        fills={code: PALETTE[0] if code in chosen else LAND for code in names},
        tooltips={
            code: "\n".join([name, about[code], told[code in chosen]])
            for code, name in names.items()
        },
        legend=(LegendEntry(told[True], PALETTE[0]), LegendEntry(told[False], LAND)),
        summary=text("map.choice_summary", number=len(names), chosen=len(chosen)),
    )
