"""The offices of a plan while it is drawn, a row each."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from planner.assess.access import host_minutes
from planner.assess.structure import group_totals
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.present.maps.colours import group_colours
from planner.present.words.text import enumeration, number, text


@dataclass(frozen=True)
class OfficeRow:
    """What an office has, in words.

    Attributes
    ----------
    colour : of its group on the map.
    host, members : names; the members without the host.
    fte, population : of the whole group.
    minutes : of the municipality whose inhabitants have the longest way, on average.
    presence : in how many of its municipalities somebody is there.
    apart : who does not hang together with the host; empty where all do.
    """

    colour: str
    host: str
    members: str
    fte: str
    population: str
    minutes: str
    presence: str
    apart: str


def office_rows(instance: Instance, plan: Plan) -> list[OfficeRow]:
    """List the offices of a plan."""
    fte = group_totals(instance, plan, "fte")
    population = group_totals(instance, plan, "population")
    minutes, names = host_minutes(instance, plan), instance.names
    colours = group_colours(plan, instance.contiguity)
    rows = []
    for host, members in plan.groups.items():
        near = nx.node_connected_component(instance.contiguity.subgraph(members), host)
        present = sum(plan.presence_days(code) > 0 for code in members)
        rows.append(
            OfficeRow(
                colours[host],
                names[host],
                ", ".join(names[code] for code in members if code != host),
                number(float(fte[host]), "fte"),
                number(float(population[host]), "persons"),
                number(float(minutes[list(members)].max()), "min"),
                text("edit.present", present=present, count=len(members)),
                enumeration([names[code] for code in members if code not in near]),
            )
        )
    return rows
