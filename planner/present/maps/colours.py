"""The one palette of all maps; neighbours differ, and a host keeps its colour in every plan."""

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
#: Change in minutes to the host -> fill: blue for nearer, orange for farther, as light as the rest.
BANDS = {
    "much_nearer": "#7db8de",
    "nearer": "#c3ddee",
    "same": "#f1eee6",
    "farther": "#fbd7a6",
    "much_farther": "#f0a860",
}
#: Little to much, for figures in classes.
SHADES = ("#f5f1e6", "#d9e6ec", "#bad6e6", "#9ac6e1", "#7ab6dd")
#: Text and strong lines; thin lines; the ground: sea, land of others, land that nothing is said of.
INK, BORDER, SEA, OUTSIDE, LAND = "#1b1f24", "#7d8a94", "#e6edf1", "#fafaf7", "#f4f3ee"
HALO = "#ffffff"  # around text, and inside rings
FAINT_INK, ROAD = "#51585f", "#8b857c"  # the source line; roads and ferries
#: What hatches a municipality, so that nothing is told by colour alone: paths on a square tile.
PATTERN_PX = 10
PATTERN_PATHS = {
    "lines": "M0 10L10 0M-2 2L2 -2M8 12L12 8",
    "dots": "M2 2h2v2h-2zM7 7h2v2h-2z",
    "cross": "M5 1v8M1 5h8",
    "waves": "M0 5q2.5 -4 5 0t5 0",
}


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
