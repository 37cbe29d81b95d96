"""Lists of plans and fronts as plain text and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from planner.assess.indicator import Axis
from planner.assess.plans.space import AssessedPlan, Assessor, Placed
from planner.model.plan import Plan
from planner.present.result.document import broken_document, rounded
from planner.present.words.limits import broken_sentence
from planner.present.words.terminal import aligned
from planner.present.words.text import amount, enumeration, text, unit_name

if TYPE_CHECKING:
    from planner.pipeline.plans import PlacedFront, PlanList, Space

_Names = Mapping[str, str]

#: Letters; notes stand in a column beside plans that are no longer, and follow longer ones.
_WIDEST_PLAN = 60


def plan_list_report(found: PlanList) -> str:
    """Write every plan of a list in a row, with the figures that plans are compared in."""
    space, names = found.space, found.space.instance.names
    rows = [_heads(found.axes)]
    for number, one in enumerate(found.plans, start=1):
        note = [_standing(one), *_same_groups(space, one.plan)]
        note += [broken_sentence(broken, names) for broken in one.broken]
        figures = [
            amount(one.indicators[axis.key].value, one.indicators[axis.key].unit)
            for axis in found.axes
        ]
        plan, said = written_groups(one.plan, names), "; ".join(filter(None, note))
        rows.append([str(number), *figures, plan, said])
    counts = text("plans.counts", **_counts(found))
    legend = _legend(space, found.axes)
    return "\n".join([space.scenario.title, counts, *legend, "", _table(rows)])


def plan_list_document(found: PlanList) -> dict[str, Any]:
    """Return a list of plans as the JSON object of the command line."""
    space = found.space
    first = found.plans[0].indicators
    return {
        "scenario": _scenario(space),
        "by": [_axis(axis) for axis in found.axes],
        "counts": _counts(found),
        "indicators": {key: {"unit": one.unit} for key, one in first.items()},
        "plans": [
            {
                "number": number,
                "groups": group_document(one.plan, space.instance.names),
                "broken": [broken_document(broken, space.instance.names) for broken in one.broken],
                "dominated": one.dominated_by is not None if one.comparable else None,
                "dominated_by": None if one.dominated_by is None else one.dominated_by + 1,
                "models": [
                    {"title": title, "same_hosts": plan.host_of == one.plan.host_of}
                    for title, plan in space.models
                    if _partition(plan) == _partition(one.plan)
                ],
                "indicators": {key: rounded(one.value) for key, one in one.indicators.items()},
            }
            for number, one in enumerate(found.plans, start=1)
        ],
    }


def front_report(found: PlacedFront) -> str:
    """Write a front, a combination of figures a row, and the models placed against it."""
    space, front = found.space, found.front
    names = space.instance.names
    lines = [space.scenario.title, _method(found)]
    if not front.points:
        return "\n".join([*lines, "", text(f"outcome.{front.outcome}")])
    rows = [_heads(front.axes)]
    units = _units(space, front.axes)
    for number, point in enumerate(front.points, start=1):
        others = len(point.plans) - 1
        note = text("plans.equals", count=others) if others else ""
        figures = [amount(point.figures[key], unit) for key, unit in units.items()]
        rows.append([str(number), *figures, written_groups(point.plans[0], names), note])
    rows.append([""] * len(rows[0]))
    for placed in (found.baseline, *found.models):
        title = _title(placed)
        figures = [amount(placed.figures[key], unit) for key, unit in units.items()]
        rows.append(["", *figures, title, _place(placed, names)])
    return "\n".join([*lines, *_legend(space, front.axes), "", _table(rows)])


def front_document(found: PlacedFront) -> dict[str, Any]:
    """Return a front as the JSON object of the command line."""
    space, front = found.space, found.front
    names, units = space.instance.names, _units(space, front.axes)
    return {
        "scenario": _scenario(space),
        "axes": [{**_axis(axis), "unit": units[axis.key]} for axis in front.axes],
        "outcome": front.outcome,
        "method": front.method,
        "plans_compared": front.plans,
        "complete": front.complete,
        "points": [
            {
                "number": number,
                "figures": _figures(point.figures),
                "plans": [group_document(plan, names) for plan in point.plans],
            }
            for number, point in enumerate(front.points, start=1)
        ],
        "baseline": _placed(found.baseline, names),
        "models": [{"title": placed.name, **_placed(placed, names)} for placed in found.models],
    }


def written_groups(plan: Plan, names: _Names) -> str:
    """Write groups on one line, each host first: «Gol+Hemsedal | Hol+Ål»."""
    return " | ".join(
        "+".join(names[code] for code in (host, *(c for c in members if c != host)))
        for host, members in plan.groups.items()
    )


def group_document(plan: Plan, names: _Names) -> list[dict[str, Any]]:
    """Return the groups of a plan as JSON, municipalities by name, with days of presence a week."""
    return [
        {
            "host": names[host],
            "members": [names[code] for code in members],
            "exempt": host in plan.exempt,
            "presence_days": {names[code]: plan.presence_days(code) for code in members},
        }
        for host, members in plan.groups.items()
    ]


def _table(rows: list[list[str]]) -> str:
    """Align numbers and figures to the right; the plan and the note, which come last, to the left.

    Plans of a county are longer than any line: notes follow them, and not in a column.
    """
    figures = aligned([row[:-2] for row in rows], left=1).split("\n")
    width = min(max(len(row[-2]) for row in rows), _WIDEST_PLAN)
    first = max(map(len, figures))
    return "\n".join(
        f"{line.ljust(first)}  {row[-2].ljust(width)}  {row[-1]}".rstrip()
        for line, row in zip(figures, rows, strict=True)
    )


def _standing(one: AssessedPlan) -> str:
    if not one.comparable:
        return text("plans.not_comparable")
    if one.dominated_by is not None:
        return text("plans.dominated_by", numbers=one.dominated_by + 1)
    return "" if one.broken else text("plans.not_dominated")


def _place(placed: Placed, names: _Names) -> str:
    """Say where a plan stands: on the front, behind it, or outside the limits."""
    notes = []
    if placed.on_front:
        notes.append(text("plans.on_front"))
    elif placed.dominated_by:
        numbers = enumeration([str(number + 1) for number in placed.dominated_by])
        notes.append(text("plans.dominated_by", numbers=numbers))
    elif not placed.broken:
        notes.append(text("plans.not_dominated"))
    notes += [broken_sentence(broken, names) for broken in placed.broken]
    return "; ".join(notes)


def _title(placed: Placed) -> str:
    return text("table.baseline") if placed.name == "baseline" else placed.name


def _method(found: PlacedFront) -> str:
    front = found.front
    written = text(f"plans.method.{front.method}", count=front.plans or 0)
    return written if front.complete else f"{written} {text('plans.incomplete')}"


def _counts(found: PlanList) -> dict[str, int]:
    return {
        "plans": len(found.plans),
        "within_limits": sum(not one.broken for one in found.plans),
        "non_dominated": sum(
            one.comparable and one.dominated_by is None and not one.broken for one in found.plans
        ),
    }


def _same_groups(space: Space, plan: Plan) -> list[str]:
    return [title for title, own in space.models if _partition(own) == _partition(plan)]


def _partition(plan: Plan) -> frozenset[tuple[str, ...]]:
    return frozenset(plan.groups.values())


def _heads(axes: Sequence[Axis]) -> list[str]:
    numbers = [f"[{place}]" for place in range(1, len(axes) + 1)]
    plan, note = text("plans.groups"), text("plans.note")
    return [text("plans.number"), *numbers, plan, note]


def _legend(space: Space, axes: Sequence[Axis]) -> list[str]:
    """Say what stands in the columns, and which way is better."""
    units = _units(space, axes)
    return [
        text(
            f"plans.{axis.better}",
            column=f"[{place}]",
            indicator=text(f"indicator.{axis.key}"),
            unit=unit_name(units[axis.key]),
        )
        for place, axis in enumerate(axes, start=1)
    ]


def _units(space: Space, axes: Sequence[Axis]) -> dict[str, str]:
    assessor = Assessor(space.instance, (axis.key for axis in axes))
    known = assessor.indicators(space.instance.baseline)
    return {axis.key: known[axis.key].unit for axis in axes}


def _scenario(space: Space) -> dict[str, Any]:
    scenario = space.scenario
    return {
        "title": scenario.title,
        "file": scenario.path.name if scenario.path else None,
        "form": scenario.form,
        "baseline": scenario.baseline,
    }


def _axis(axis: Axis) -> dict[str, str]:
    return {"key": axis.key, "better": axis.better}


def _figures(figures: Mapping[str, float | None]) -> dict[str, float | None]:
    return {key: rounded(value) for key, value in figures.items()}


def _placed(placed: Placed, names: _Names) -> dict[str, Any]:
    return {
        "groups": group_document(placed.plan, names),
        "figures": _figures(placed.figures),
        "on_front": placed.on_front,
        "dominated_by": [number + 1 for number in placed.dominated_by],
        "broken": [broken_document(broken, names) for broken in placed.broken],
    }
