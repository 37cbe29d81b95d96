"""What became of the plans: proposals from the structure of 2018 beside the offices of 2026.

``python -m bench.backtest`` writes docs/backtest.md. Each county is asked for as many host
municipalities as it has in 2026. Weights are chosen on half of the counties and judged on the
others. Oslo is one municipality, and Vestfold has shared nothing; where nothing is to be chosen
a county is left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import pandas as pd

from bench.measure import ROOT
from planner import optimise
from planner.io.gazetteer import Gazetteer
from planner.model.instance import Instance
from planner.model.labour_market import adjusted_rand_index
from planner.model.plan import Plan
from planner.model.request import Range, Request
from planner.model.weights import Weights
from planner.optimise.explain.distance_to_best import USUAL_WEIGHTS
from planner.pipeline.run_scenario import make_instance
from planner.scenario.vocabulary import Region, Scenario
from planner.workspace import default_workspace

BEFORE, AFTER = dt.date(2018, 1, 1), dt.date(2026, 11, 30)
GRID = [
    Weights(severed=severed, council=council, change=change)
    for severed, council, change in product((0.0, 0.1, 0.3, 1.0), (0.0, 0.05, 0.2), (0.0, 0.1))
]
#: The default before the weights were chosen here.
FORMER_WEIGHTS = Weights(severed=0.1)
#: Seconds that one proposal may take.
TIME_LIMIT_S = 20.0
Hosts = pd.Series  # municipality -> host


@dataclass(frozen=True)
class Case:
    """One county: what it was, and what it became.

    Attributes
    ----------
    name : of the county.
    before : the county on 1 January 2018.
    after : municipality -> host on 30 November 2026.
    """

    name: str
    before: Instance
    after: Hosts[str]

    @property
    def offices(self) -> int:
        """Number of host municipalities in 2026."""
        return int(self.after.nunique())


@dataclass(frozen=True)
class Likeness:
    """How like what happened a plan is: adjusted Rand index, and two shares (0-1).

    Attributes
    ----------
    rand : of the groups; 1 alike, 0 as by chance.
    alike : of municipalities, those that have the same host.
    hosts : of the hosts of 2026, those that are hosts in the plan.
    """

    rand: float
    alike: float
    hosts: float


def likeness(plan: Hosts[str], after: Hosts[str]) -> Likeness:
    """Compare two plans of the same municipalities."""
    found = set(after)
    return Likeness(
        adjusted_rand_index(plan, after),
        float((plan == after).mean()),
        len(found & set(plan)) / len(found),
    )


def cases() -> list[Case]:
    """Return the counties in which some share an office in 2026, sorted by name."""
    bundle = default_workspace().data
    found = []
    for county in sorted(Gazetteer.from_bundle(bundle).counties):
        before, after = (
            make_instance(
                Scenario(schema=1, title="Bench", region=Region(county=county), date=day), bundle
            )
            for day in (BEFORE, AFTER)
        )
        case = Case(county, before, _hosts(after.baseline))
        if case.offices < len(case.after):
            found.append(case)
    return found


def proposed(case: Case, weights: Weights) -> Hosts[str]:
    """Return the proposal with as many offices as in 2026."""
    request = Request(
        weights=weights,
        offices=Range(case.offices, case.offices),
        time_limit_s=TIME_LIMIT_S,
    )
    plan = optimise.propose(case.before, request).plan
    if plan is None:
        raise ValueError(f"{case.name}: no plan with {case.offices} offices")
    return _hosts(plan)


def plain_median(case: Case) -> Hosts[str]:
    """Return the p-median of travel from centre to centre, by inhabitants."""
    people = case.before.municipalities["population"].astype(float)
    found = optimise.p_median(case.before.travel.minutes, case.offices, weights=people)
    return pd.Series(found.assignment, index=people.index)


def councils(case: Case) -> Hosts[str]:
    """Return one office for each regional council, in its most populous municipality."""
    table = case.before.municipalities
    council = table["regional_council"].where(table["regional_council"] != "", table.index)
    council = council.fillna(pd.Series(table.index, table.index))
    people = table["population"].astype(float)
    return council.map(people.groupby(council).idxmax())


def _hosts(plan: Plan) -> Hosts[str]:
    return pd.Series(dict(plan.host_of)).sort_index()


def _mean(found: Sequence[Likeness]) -> Likeness:
    return Likeness(
        *(
            sum(getattr(one, name) for one in found) / len(found)
            for name in ("rand", "alike", "hosts")
        )
    )


def _figures(found: Likeness) -> str:
    return f"{found.rand:.2f} / {found.alike:.0%} / {found.hosts:.0%}"


def _table(plans: Mapping[str, Mapping[str, Likeness]], found: Sequence[Case]) -> Iterator[str]:
    yield "| county | municipalities | hosts 2018 | hosts 2026 | " + " | ".join(plans) + " |"
    yield "|---|---|---|---|" + "---|" * len(plans)
    for case in found:
        cells = [_figures(by[case.name]) for by in plans.values()]
        counts = [len(case.after), len(case.before.baseline.hosts), case.offices]
        yield f"| {case.name} | " + " | ".join([*map(str, counts), *cells]) + " |"


def _halves(
    plans: Mapping[str, Mapping[str, Likeness]], halves: Mapping[str, Sequence[Case]]
) -> Iterator[str]:
    yield "| mean over | " + " | ".join(plans) + " |"
    yield "|---|" + "---|" * len(plans)
    for name, half in halves.items():
        means = [_mean([by[case.name] for case in half]) for by in plans.values()]
        yield f"| {name} | " + " | ".join(map(_figures, means)) + " |"


def _said(weights: Weights) -> str:
    return ", ".join(f"{name} {rate:g}" for name, rate in weights.model_dump().items() if rate)


def main() -> None:
    """Compare, choose weights on one half, and write the page."""
    found = cases()
    halves = {"counties chosen on": found[::2], "counties judged on": found[1::2], "all": found}
    by_weights = {
        weights: [likeness(proposed(case, weights), case.after) for case in found[::2]]
        for weights in GRID
    }
    best = max(GRID, key=lambda one: _mean(by_weights[one]).rand)
    ways: dict[str, Callable[[Case], Hosts[str]]] = {
        "chosen weights": lambda case: proposed(case, best),
        "travel alone": lambda case: proposed(case, Weights()),
        "travel, commuters": lambda case: proposed(case, FORMER_WEIGHTS),
        "p-median": plain_median,
        "regional councils": councils,
        "offices of 2018": lambda case: _hosts(case.before.baseline),
    }
    plans = {
        name: {case.name: likeness(way(case), case.after) for case in found}
        for name, way in ways.items()
    }
    judged = {
        name: _mean([by[case.name] for case in halves["counties judged on"]]).rand
        for name, by in plans.items()
    }
    verdict = " > ".join(sorted(judged, key=lambda name: -judged[name]))
    said = {
        "verdict": verdict,
        "usual": _said(USUAL_WEIGHTS),
        "former": _said(FORMER_WEIGHTS),
        "best": _said(best),
        "grid": str(len(GRID)),
    }
    text = (
        (ROOT / "bench" / "backtest.md")
        .read_text(encoding="utf-8")
        .format(
            **said,
            halves="\n".join(_halves(plans, halves)),
            counties="\n".join(_table(plans, found)),
        )
    )
    (ROOT / "docs" / "backtest.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
