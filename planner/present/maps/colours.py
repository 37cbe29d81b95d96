"""Colours of groups: neighbours differ, and a host keeps its colour from plan to plan."""

from __future__ import annotations

import networkx as nx

from planner.model.plan import Plan

#: Light enough for black text (contrast over 7:1), told apart also with colour-blind eyes.
PALETTE = (
    "#8fc1e3",
    "#f6c177",
    "#a8d5a2",
    "#e3a6c4",
    "#f3e28b",
    "#b9a9d9",
    "#9fd8d2",
    "#e8a58c",
    "#c9d48a",
    "#cfc2b0",
)


def group_colours(plan: Plan, contiguity: nx.Graph[str]) -> dict[str, str]:
    """Give every host a colour that no neighbouring group has, as long as the palette lasts.

    A host prefers the colour of its place among the region's municipalities, so that the same
    host mostly looks the same in two plans of one region; then one that nobody has.
    """
    neighbours: dict[str, set[str]] = {host: set() for host in plan.hosts}
    for one, other in contiguity.edges:
        first, second = plan.host_of[one], plan.host_of[other]
        if first != second:
            neighbours[first].add(second)
            neighbours[second].add(first)
    place = {code: position for position, code in enumerate(plan.municipalities)}
    chosen: dict[str, int] = {}
    for host in sorted(plan.hosts, key=lambda host: (-len(neighbours[host]), host)):
        taken = {chosen[other] for other in neighbours[host] if other in chosen}
        preferred = [(place[host] + step) % len(PALETTE) for step in range(len(PALETTE))]
        used = set(chosen.values())
        free = [index for index in preferred if index not in used]
        apart = [index for index in preferred if index not in taken]
        chosen[host] = [*free, *apart, *preferred][0]
    return {host: PALETTE[index] for host, index in sorted(chosen.items())}
