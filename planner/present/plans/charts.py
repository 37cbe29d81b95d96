"""Charts of plans: two indicators against each other, the best plans strong, the others pale."""

from __future__ import annotations

from textwrap import wrap
from typing import Any, Literal

import altair as alt

from planner.assess.indicator import DIRECTIONS
from planner.present.plans.points import (
    PlanPoints,
    _Standing,
    heading,
    points_frame,
)
from planner.present.words.text import LOCALES, language, text

#: Name of the chart's selection.
PICK = "pick"
HEIGHT_PX = 540

#: Standing -> colour, shape, opacity and size of its mark; told apart without the colour too.
#: The colours stand out from a white and from a dark ground.
_LOOKS: dict[_Standing, tuple[str, str, float, int]] = {
    "front": ("#2f80c2", "diamond", 1.0, 130),
    "dominated": ("#7d8a94", "circle", 0.35, 45),
    "outside": ("#b8763a", "cross", 0.45, 45),
    "unknown": ("#7d8a94", "square", 0.45, 45),
}
_NAMED_COLOUR, _NAMED_SHAPE, _NAMED_SIZE = "#c2453d", "triangle-up", 130
_PICKED_COLOUR = "#d97706"
_LABEL_PX, _TITLE_LETTERS = 120, 56


def plan_chart(
    found: PlanPoints, x: str, y: str, colour: str = "", *, picked: str = ""
) -> alt.LayerChart:
    """Draw plans in two indicators; a click picks one.

    Parameters
    ----------
    found : the plans.
    x, y : indicators that have a better end.
    colour : indicator that colours the points; left out, their standing does.
    picked : name of the plan that is picked when the chart is first drawn.

    Returns
    -------
    A chart with a selection `PICK` of the field ``name``.
    """
    frame = points_frame(found, x, y, colour).dropna(subset=["x", "y"])
    pick = alt.selection_point(
        name=PICK,
        fields=["name"],
        on="click",
        empty=False,
        value=[{"name": picked}] if picked else alt.Undefined,
    )
    units = found.units()
    base = alt.Chart(frame).encode(
        x=alt.X("x:Q", title=_axis_title(x, units[x]), scale=alt.Scale(zero=False)),
        y=alt.Y("y:Q", title=_axis_title(y, units[y]), scale=alt.Scale(zero=False)),
    )
    ringed = {
        "stroke": alt.condition(pick, alt.value(_PICKED_COLOUR), alt.value("transparent")),
        "strokeWidth": alt.value(3),
        "tooltip": _tooltips(found, x, y, colour),
    }
    said = list(dict.fromkeys(frame["said"][frame["title"] == ""]))
    paint = (
        alt.Color("colour:Q", title=heading(colour, units[colour]), legend=alt.Legend(orient="top"))
        if colour
        else _standing(alt.Color, said, 0)
    )
    marks = base.transform_filter("datum.title == ''").mark_point(filled=True)
    marks = marks.encode(
        color=paint,
        shape=_standing(alt.Shape, said, 1),
        opacity=_standing(alt.Opacity, said, 2),
        size=_standing(alt.Size, said, 3),
        **ringed,
    )
    middle = float(frame["x"].min() + frame["x"].max()) / 2
    chart: alt.LayerChart = (
        alt.layer(marks.add_params(pick), *_named(base, ringed, middle))
        .properties(
            height=HEIGHT_PX,
            description=text(
                "plan_space.description", x=heading(x, units[x]), y=heading(y, units[y])
            ),
        )
        .configure(locale=_locale())
        .configure_legend(orient="bottom", columns=2, labelLimit=300)
    )
    return chart


def _named(base: alt.Chart, ringed: dict[str, Any], middle: float) -> list[alt.Chart]:
    """Mark the plans that people drew; names point to the middle, by turns above and below."""
    named = base.transform_filter("datum.title != ''").transform_window(
        place="row_number()", sort=[alt.SortField("x"), alt.SortField("y")]
    )
    points = named.mark_point(
        filled=True, shape=_NAMED_SHAPE, size=_NAMED_SIZE, color=_NAMED_COLOUR
    ).encode(**ringed)
    sides: tuple[tuple[str, Literal["left", "right"], int], ...] = (
        (f"datum.x <= {middle}", "left", 8),
        (f"datum.x > {middle}", "right", -8),
    )
    names = [
        named.transform_filter(f"datum.place % 2 == {turn} && {side}")
        .mark_text(align=align, dx=dx, dy=dy, limit=_LABEL_PX, color=_NAMED_COLOUR)
        .encode(text="title:N")
        for turn, dy in enumerate((-9, 11))
        for side, align, dx in sides
    ]
    return [points, *names]


def _axis_title(key: str, unit: str) -> list[str]:
    """Name an axis in lines that fit beside it, and say which end is better."""
    return wrap(f"{heading(key, unit)} {text(f'plan_space.{DIRECTIONS[key]}')}", _TITLE_LETTERS)


def _standing(channel: Any, said: list[str], place: int) -> Any:  # noqa: ANN401
    """Return a channel that tells the standing, all of them in one legend of what is there."""
    looks = {text(f"plan_space.standing.{one}"): look[place] for one, look in _LOOKS.items()}
    return channel(
        "said:N",
        title=text("plan_space.column.standing"),
        scale=alt.Scale(domain=list(looks), range=list(looks.values())),
        legend=alt.Legend(values=said),
    )


def _tooltips(found: PlanPoints, x: str, y: str, colour: str) -> list[alt.Tooltip]:
    units = found.units()
    figures = {"x": x, "y": y} | ({"colour": colour} if colour else {})
    return [
        alt.Tooltip("label:N", title=text("plan_space.column.plan")),
        alt.Tooltip("groups:N", title=text("plan_space.column.groups")),
        *(
            alt.Tooltip(f"{column}:Q", title=heading(key, units[key]), format=",.1f")
            for column, key in figures.items()
        ),
        alt.Tooltip("said:N", title=text("plan_space.column.standing")),
    ]


def _locale() -> alt.Locale:
    """Write figures on the axes as the language does."""
    comma = not LOCALES[language()].startswith("en")
    return alt.Locale(
        number=alt.NumberLocale(
            decimal="," if comma else ".",
            thousands="\u00a0" if comma else ",",
            grouping=[3],
            currency=["", ""],
        )
    )
