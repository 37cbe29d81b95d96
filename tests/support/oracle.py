"""Grouping by exhaustive search, written from the design and sharing no code with the model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product

import networkx as nx
import pandas as pd

from planner.model.instance import Instance
from planner.model.request import Request

HostOf = dict[str, str]

#: Share by which a sum of decimal figures may miss a limit.
SLACK = 1e-6
#: Objectives closer than this, as a share, are as good.
CLOSE = 1e-6


def all_plans(codes: list[str]) -> Iterator[HostOf]:
    """Every assignment in which hosts serve themselves."""
    for count in range(1, len(codes) + 1):
        for hosts in combinations(codes, count):
            others = [code for code in codes if code not in hosts]
            for choice in product(hosts, repeat=len(others)):
                yield dict(zip(hosts, hosts, strict=True)) | dict(zip(others, choice, strict=True))


def groups_of(plan: HostOf) -> dict[str, frozenset[str]]:
    return {
        host: frozenset(code for code, other in plan.items() if other == host)
        for host in set(plan.values())
    }


@dataclass(frozen=True)
class Answer:
    """The fewest exemptions, the least objective among these, and the plan chosen by rule.

    The rule: of all plans as good, the one with the smallest hosts, municipality by municipality.
    """

    exempted: int
    objective: float
    plan: HostOf


class Oracle:
    """Judges plans of one instance and request."""

    def __init__(self, instance: Instance, request: Request) -> None:
        self.instance = instance
        self.request = request
        self.minutes = instance.travel.minutes.to_dict("index")
        self.figures = instance.municipalities.to_dict("index")
        self.connected = cache(self._connected)

    def _connected(self, group: frozenset[str]) -> bool:
        return bool(nx.is_connected(self.instance.contiguity.subgraph(group)))

    def total(self, group: frozenset[str], figure: str) -> float:
        return sum(self.figures[code][figure] for code in group)

    def terms(self, plan: HostOf) -> dict[str, float]:
        figures, instance = self.figures, self.instance
        people = self.total(frozenset(plan), "population")
        staff = self.total(frozenset(plan), "fte")
        cut = kept = 0.0
        for home, row in instance.commuters.to_dict("index").items():
            for work, persons in row.items():
                if home != work and plan[home] != plan[work]:
                    cut += persons
                elif home != work:
                    kept += persons
        outside = moved = minutes = staff_minutes = 0.0
        for code, host in plan.items():
            row = figures[code]
            own, other = row["regional_council"], figures[host]["regional_council"]
            same = code == host or (not pd.isna(own) and not pd.isna(other) and own == other)
            outside += 0 if same else row["population"]
            moved += row["population"] * (instance.baseline.host_of[code] != host)
            minutes += row["population"] * self.minutes[code][host] if row["population"] else 0
            staff_minutes += row["fte"] * self.minutes[code][host] if row["fte"] else 0
        return {
            "travel": minutes / people if people else 0.0,
            "severed": 100 * cut / (cut + kept) if cut + kept else 0.0,
            "office": float(len(set(plan.values()))),
            "staff": staff_minutes / staff if staff else 0.0,
            "council": 100 * outside / people if people else 0.0,
            "change": 100 * moved / people if people else 0.0,
        }

    def objective(self, plan: HostOf) -> float:
        weights = vars(self.request.weights)
        return sum(
            weights[name] * value for name, value in self.terms(plan).items() if weights[name]
        )

    def exempted(self, plan: HostOf) -> set[str]:
        """Hosts whose group is below a least staff or population."""
        short = set()
        for host, group in groups_of(plan).items():
            for figure, limit in (
                ("fte", self.request.fte),
                ("population", self.request.population),
            ):
                if limit.min is not None and self.total(group, figure) < limit.min * (1 - SLACK):
                    short.add(host)
        return short

    def allows(self, plan: HostOf) -> bool:
        request, groups = self.request, groups_of(plan)
        hosts = set(groups)
        sets = list(request.together)
        if request.keep_baseline_groups:
            sets += [frozenset(members) for members in self.instance.baseline.groups.values()]
        return (
            _within(len(hosts), request.offices.min, request.offices.max)
            and hosts >= request.hosts_fixed
            and not hosts & request.hosts_forbidden
            and (request.hosts_allowed is None or hosts <= request.hosts_allowed)
            and all(len({plan[code] for code in part}) == 1 for part in sets)
            and all(len({plan[code] for code in part}) == len(part) for part in request.apart)
            and all(self._near(code, host) for code, host in plan.items())
            and all(self._group_allowed(group) for group in groups.values())
            and self._exemptions_allowed(plan)
        )

    def _near(self, code: str, host: str) -> bool:
        minutes = self.minutes[code][host]
        limit = self.request.max_travel_min
        return code == host or (minutes < float("inf") and (limit is None or minutes <= limit))

    def _group_allowed(self, group: frozenset[str]) -> bool:
        request = self.request
        return (
            _within(len(group), None, request.max_members)
            and _within(self.total(group, "fte"), None, request.fte.max)
            and _within(self.total(group, "population"), None, request.population.max)
            and (not request.contiguous or self.connected(group))
            and all(not self._kept_apart(a, b) for a, b in combinations(group, 2))
        )

    def _kept_apart(self, a: str, b: str) -> bool:
        """Whether a border that may not be crossed runs between two members."""
        if self.request.within is None or {a, b} & self.request.crossing_allowed:
            return False
        column = {"council": "regional_council", "county": "county"}[self.request.within]
        first, second = self.figures[a][column], self.figures[b][column]
        return bool(pd.isna(first) or pd.isna(second) or first != second)

    def _exemptions_allowed(self, plan: HostOf) -> bool:
        exempt = self.request.exempt
        if exempt == "minimise":
            return True
        return self.exempted(plan) <= (frozenset() if exempt == "never" else frozenset(exempt))

    def answers(self, count: int) -> list[Answer]:
        """The best of all plans, and the best that differ enough from those before them."""
        judged = [
            (len(self.exempted(plan)), self.objective(plan), plan)
            for plan in all_plans(self.instance.codes)
            if self.allows(plan)
        ]
        answers: list[Answer] = []
        while judged and len(answers) < count:
            answers.append(self._best(judged))
            best = answers[-1].plan
            judged = [
                entry
                for entry in judged
                if sum(best[code] != host for code, host in entry[2].items())
                >= self.request.min_difference
            ]
        return answers

    def _best(self, judged: list[tuple[int, float, HostOf]]) -> Answer:
        fewest = 0
        if self.request.exempt == "minimise":
            fewest = min(count for count, _, _ in judged)
            judged = [entry for entry in judged if entry[0] == fewest]
        least = min(objective for _, objective, _ in judged)
        tied = [plan for _, value, plan in judged if value <= least + CLOSE * max(1, abs(least))]
        return Answer(fewest, least, min(tied, key=lambda plan: sorted(plan.items())))


def _within(value: float, least: float | None, most: float | None) -> bool:
    return (least is None or value >= least * (1 - SLACK)) and (
        most is None or value <= most * (1 + SLACK)
    )
