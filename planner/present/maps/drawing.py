"""What a map shows of a region, said without any map library."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np

from planner.assess.access import host_minutes, municipality_table
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.model.roads.graph import Link
from planner.present.maps.colours import BANDS, LAND, PALETTE, group_colours
from planner.present.maps.roads import (
    Place,
    Road,
    places_between,
    roads_of,
    way_line,
    ways_to_hosts,
)
from planner.present.words.text import change, enumeration, figure, signed_amount, text, unit_name

Pattern = Literal["", "lines", "dots", "cross", "waves"]
#: So many groups can be listed in a legend, and read aloud.
MOST_LISTED = 12
SMALL_CHANGE_MIN, LARGE_CHANGE_MIN = 1, 15
DAYS_A_WEEK = 5
#: An office of so many has a ring of usual size; the smallest and largest ring.
USUAL_FTE, RING_SIZES = 20.0, (0.8, 1.8)
SMALL_RINGS = {False: 0.85, True: 0.55}  # on small maps: of few offices, and of many


@dataclass(frozen=True)
class LegendEntry:
    """One line of a legend: what a fill or a mark means."""

    label: str
    fill: str = ""
    pattern: Pattern = ""
    mark: Literal["area", "host", "member", "days", "border", "locked", "road", "ferry"] = "area"


@dataclass(frozen=True)
class Drawing:
    """What a map shows of one region.

    Attributes
    ----------
    codes : the region's municipalities.
    labels : code -> lines that name it, the first one its name; those that matter most first.
    fills : code -> CSS colour.
    tooltips : code -> plain text in lines; the first one is the name.
    legend : what the fills and marks mean.
    summary : text alternative of the whole map.
    patterns : code -> pattern over its fill; absent where there is none.
    groups : code -> group that it belongs to; thick lines run where groups meet. May be empty.
    hosts : municipalities marked as hosts, and named in bold.
    sizes : host -> how large its ring is, 1 being usual; absent where it is usual.
    open_share : member -> part of the week's days with presence, 0-1; absent where it is not shown.
    ways : member and host that a line joins.
    via : member -> places that its line leads through on the way to the host; none if absent.
    roads : roads and ferries under all this.
    locked : municipalities that carry a padlock.
    outlined : municipality that is set apart by a strong line; none if empty.
    focus : municipalities that the map shows with what lies around them; all if empty.
    attribution : whose borders are drawn.
    """

    codes: tuple[str, ...]
    labels: Mapping[str, tuple[str, ...]]
    fills: Mapping[str, str]
    tooltips: Mapping[str, str]
    legend: tuple[LegendEntry, ...]
    summary: str
    patterns: Mapping[str, Pattern] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    hosts: tuple[str, ...] = ()
    sizes: Mapping[str, float] = field(default_factory=dict)
    open_share: Mapping[str, float] = field(default_factory=dict)
    ways: tuple[tuple[str, str], ...] = ()
    via: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    roads: tuple[Road, ...] = ()
    locked: frozenset[str] = frozenset()
    outlined: str = ""
    focus: tuple[str, ...] = ()
    attribution: str = field(default_factory=lambda: text("map.source"))

    def document(self) -> dict[str, Any]:
        """Return the drawing as JSON can hold it, but for places: `Ground.lines` has those."""
        return {
            "labels": list(self.labels),
            "fills": dict(self.fills),
            "tooltips": dict(self.tooltips),
            "legend": [vars(entry) for entry in self.legend],
            "summary": self.summary,
            "patterns": dict(self.patterns),
            "groups": dict(self.groups),
            "hosts": list(self.hosts),
            "sizes": {code: round(size, 2) for code, size in self.sizes.items()},
            "open_share": dict(self.open_share),
            "ways": [list(way) for way in self.ways],
            "locked": sorted(self.locked),
            "attribution": self.attribution,
        }


def plan_drawing(instance: Instance, plan: Plan, locked: Collection[str] = ()) -> Drawing:
    """Draw a plan: groups in colours that differ from their neighbours', hosts and members."""
    colours = group_colours(plan, instance.contiguity)
    rows = municipality_table(instance, plan).to_dict("index")
    ways, roads = ways_to_hosts(instance, plan), roads_of(instance)
    return Drawing(
        codes=plan.municipalities,
        labels=_labels(instance, plan),
        fills={code: colours[host] for code, host in plan.host_of.items()},
        tooltips={
            str(code): "\n".join([*municipality_lines(row), *_way_lines(ways, str(code))])
            for code, row in rows.items()
        },
        legend=(
            *_group_entries(instance, plan, colours),
            *_mark_entries(plan, locked),
            *_road_entries(roads),
        ),
        summary=_plan_summary(instance, plan),
        groups=dict(plan.host_of),
        hosts=plan.hosts,
        sizes=_ring_sizes(instance, plan),
        open_share=_open_share(plan),
        ways=_member_and_host(plan),
        via=places_between(instance, ways),
        roads=roads,
        locked=frozenset(locked),
    )


def small_drawing(instance: Instance, plan: Plan) -> Drawing:
    """Draw a plan where there is little room: the groups, and the names of the hosts alone."""
    drawing, factor = plan_drawing(instance, plan), SMALL_RINGS[len(plan.hosts) > MOST_LISTED]
    return replace(
        drawing,
        labels={host: (instance.names[host],) for host in plan.hosts},
        sizes={host: size * factor for host, size in drawing.sizes.items()},
        legend=(),
        focus=plan.municipalities,
    )


def difference_drawing(instance: Instance, before: Plan, after: Plan) -> Drawing:
    """Draw who has another host in the second plan, and the minutes to it gained or lost.

    The groups, and the hosts, are those of the second plan.
    """
    names = instance.names
    minutes = {
        code: (float(one), float(other))
        for code, one, other in zip(
            instance.codes,
            host_minutes(instance, before),
            host_minutes(instance, after),
            strict=True,
        )
    }
    notes = {code: _note(*both) for code, both in minutes.items()}
    bands = {code: _band(*both) for code, both in minutes.items()}
    moved = [code for code, host in after.host_of.items() if before.host_of[code] != host]
    ways, roads = ways_to_hosts(instance, after), roads_of(instance)
    tooltips = {
        code: "\n".join(
            [
                names[code],
                _host_line(names[before.host_of[code]], names[host]),
                _minutes_line(*minutes[code]),
                *_way_lines(ways, code),
            ]
        )
        for code, host in after.host_of.items()
    }
    shown = [band for band in BANDS if band in bands.values()]
    legend = [LegendEntry(text(f"map.band.{band}"), BANDS[band]) for band in shown]
    if moved:
        legend.append(LegendEntry(text("map.moved"), pattern="lines"))
    listed = enumeration([names[code] for code in moved])
    return Drawing(
        codes=after.municipalities,
        labels=_labels(instance, after, notes),
        fills={code: BANDS[band] for code, band in bands.items()},
        tooltips=tooltips,
        legend=(*legend, *_mark_entries(after, ()), *_road_entries(roads)),
        summary=text("map.difference_summary", number=len(moved), names=listed)
        if moved
        else text("map.difference_none"),
        patterns=dict.fromkeys(moved, "lines"),
        groups=dict(after.host_of),
        hosts=after.hosts,
        sizes=_ring_sizes(instance, after),
        open_share=_open_share(after),
        ways=_member_and_host(after),
        via=places_between(instance, ways),
        roads=roads,
    )


def municipality_drawing(instance: Instance, plan: Plan, code: str, summary: str) -> Drawing:
    """Draw a municipality's group near, the municipality outlined, and the way to its host.

    Parameters
    ----------
    instance, plan : region and groups.
    code : of the municipality.
    summary : what the map shows, in words.
    """
    host = plan.host_of[code]
    members = plan.groups[host]
    beside = tuple(instance.contiguity.neighbors(code)) if len(members) == 1 else ()
    colour = group_colours(plan, instance.contiguity)[host]
    first = dict.fromkeys([code, host, *_labels(instance, plan)])
    return Drawing(
        codes=plan.municipalities,
        labels={other: (instance.names[other],) for other in first if other in members},
        fills={other: colour if other in members else LAND for other in plan.municipalities},
        tooltips={},
        legend=(),
        summary=summary,
        hosts=(host,),
        ways=((code, host),) if code != host else (),
        via=places_between(instance, ways_to_hosts(instance, plan)),
        roads=roads_of(instance),
        outlined=code,
        focus=(*members, *beside),
    )


def municipality_lines(row: Mapping[Any, Any]) -> list[str]:
    """Write a municipality's row of `municipality_table` in lines; the first one is its name."""

    def shown(column: str, unit: str) -> str:
        value = float(row[column])
        provenance = row.get(f"{column}_provenance", "")
        written = figure(value if np.isfinite(value) else None, unit, provenance)
        mark = f" ({text(f'provenance.{provenance}')})" if provenance else ""
        return f"{text(f'table.{column}')}: {written}{mark}"

    return [
        str(row["name"]),
        f"{text('table.host')}: {row['host']}",
        shown("minutes", "min"),
        shown("minutes_nearest", "min"),
        f"{text('table.presence_days')}: {row['presence_days']:g}",
        shown("population", "persons"),
        shown("fte", "fte"),
    ]


def _band(before: float, after: float) -> str:
    if before == after:
        return "same"
    moved = after - before
    if abs(moved) < SMALL_CHANGE_MIN:
        return "same"
    much = "much_" if abs(moved) > LARGE_CHANGE_MIN else ""
    return f"{much}{'farther' if moved > 0 else 'nearer'}"


def _note(before: float, after: float) -> str:
    """Write the minutes to the host that are gained or lost; nothing where there are none."""
    added = after - before
    written = signed_amount(added, "min") if np.isfinite(added) else ""
    return f"{written} {unit_name('min')}" if written else ""


def _minutes_line(before: float, after: float) -> str:
    def shown(minutes: float) -> str:
        return figure(minutes if np.isfinite(minutes) else None, "min")

    line = text("map.minutes_change", before=shown(before), after=shown(after))
    both = np.isfinite([before, after]).all()
    return f"{line} ({change(after - before, 'min')})" if both else line


def _labels(
    instance: Instance, plan: Plan, notes: Mapping[str, str] | None = None
) -> dict[str, tuple[str, ...]]:
    """Name hosts before members, and large ones before small ones."""
    people = dict(zip(instance.codes, instance.figure("population"), strict=True))
    order = sorted(instance.codes, key=lambda code: (code not in plan.hosts, -people[code], code))
    lines = {code: (instance.names[code], (notes or {}).get(code, "")) for code in order}
    return {code: tuple(line for line in both if line) for code, both in lines.items()}


def _host_line(before: str, after: str) -> str:
    if before == after:
        return text("map.same_host", host=after)
    return text("map.new_host", host=after, before=before)


def _group_entries(instance: Instance, plan: Plan, colours: Mapping[str, str]) -> list[LegendEntry]:
    if len(plan.groups) > MOST_LISTED:
        return [LegendEntry(text("map.same_colour"), PALETTE[0])]
    return [LegendEntry(instance.names[host], colours[host]) for host in plan.groups]


def _mark_entries(plan: Plan, locked: Collection[str]) -> list[LegendEntry]:
    entries = [LegendEntry(text("map.host"), mark="host")]
    if len(plan.hosts) < len(plan.municipalities):
        entries.append(LegendEntry(text("map.member"), mark="member"))
        entries.append(LegendEntry(text("map.days"), mark="days"))
    if len(plan.hosts) > 1:
        entries.append(LegendEntry(text("map.border"), mark="border"))
    if locked:
        entries.append(LegendEntry(text("map.locked"), mark="locked"))
    return entries


def _ring_sizes(instance: Instance, plan: Plan) -> dict[str, float]:
    """Size every host's ring by the group's staff: its area, as far as rings can be told apart."""
    fte = dict(zip(instance.codes, instance.figure("fte"), strict=True))
    staff = {
        host: sum(float(fte[code]) for code in members) for host, members in plan.groups.items()
    }
    low, high = RING_SIZES
    return {
        host: min(max((own / USUAL_FTE) ** 0.5, low), high) if own == own else 1.0  # noqa: PLR0124
        for host, own in staff.items()
    }


def _open_share(plan: Plan) -> dict[str, float]:
    members = [code for code, host in plan.host_of.items() if code != host]
    return {code: min(plan.presence_days(code) / DAYS_A_WEEK, 1.0) for code in members}


def _member_and_host(plan: Plan) -> tuple[tuple[str, str], ...]:
    return tuple((code, host) for code, host in plan.host_of.items() if code != host)


def _way_lines(ways: Mapping[str, list[Link]], code: str) -> list[str]:
    return [way_line(ways[code])] if ways.get(code) else []


def _road_entries(roads: Collection[Road]) -> list[LegendEntry]:
    modes = {"road" if road.mode == "road" else "ferry" for road in roads}
    entries = (
        LegendEntry(text("map.road"), mark="road"),
        LegendEntry(text("map.boats"), mark="ferry"),
    )
    return [entry for entry in entries if entry.mark in modes]


def _plan_summary(instance: Instance, plan: Plan) -> str:
    counted = text(
        "map.plan_summary",
        municipalities=figure(len(plan.municipalities), "municipalities"),
        offices=figure(len(plan.hosts), "offices"),
    )
    if len(plan.groups) > MOST_LISTED:
        return counted
    names = instance.names
    groups = [
        f"{names[host]}: {enumeration([names[code] for code in members])}."
        for host, members in plan.groups.items()
    ]
    return " ".join([counted, *groups])
