"""What is known about every municipality of one result, gathered once for all their pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from planner.assess.competence.advisers import function_table
from planner.assess.economy.sharing import cost_sharing
from planner.assess.equity import must_keep, winners_and_losers
from planner.assess.finding import Finding
from planner.assess.findings import findings
from planner.assess.services import Harmonisation, harmonisation
from planner.assess.two_employers import moving_fte
from planner.assess.withdrawal.rules import Withdrawal, withdrawals
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.pipeline.result import Result
from planner.provenance import Provenance, weakest

FactRow = Mapping[str, Any]
MOST_KEPT = 60

#: What travel times are known from.
WAYS: Provenance = "modelled"


@dataclass(frozen=True, eq=False)
class Facts:
    """One plan, municipality by municipality; rows and mappings by code.

    Attributes
    ----------
    instance, plan : of the result.
    figures : rows of `winners_and_losers`.
    costs, costs_before : rows of `cost_sharing`, of the plan and of the baseline.
    functions, functions_before : rows of `function_table`, by host.
    services, services_before : what groups of several must harmonise, by host.
    findings : all statements about the plan.
    withdrawals : what happens if a council says no, by that council; none where it shares nothing.
    keeps : rows of `must_keep`.
    """

    instance: Instance
    plan: Plan
    figures: Mapping[str, FactRow]
    costs: Mapping[str, FactRow]
    costs_before: Mapping[str, FactRow]
    functions: Mapping[str, list[FactRow]]
    functions_before: Mapping[str, list[FactRow]]
    services: Mapping[str, Harmonisation]
    services_before: Mapping[str, Harmonisation]
    findings: tuple[Finding, ...]
    withdrawals: Mapping[str, Withdrawal]
    keeps: list[FactRow]

    def group(self, code: str) -> tuple[str, ...]:
        """Return the members of a municipality's group, itself and the host among them."""
        return self.plan.groups[self.plan.host_of[code]]

    def group_before(self, code: str) -> tuple[str, ...]:
        """Return the members of its group in the baseline."""
        baseline = self.instance.baseline
        return baseline.groups[baseline.host_of[code]]

    @property
    def is_cooperation(self) -> bool:
        """Whether offices share without any host by law: everybody keeps their employer."""
        return self.plan.is_cooperation

    def movers(self, code: str) -> list[str]:
        """Return the municipalities whose staff move to this one, which is their new host."""
        if self.plan.form == "close_cooperation" or self.plan.host_of[code] != code:
            return []
        before = self.instance.baseline.host_of
        return [other for other in self.group(code) if before[other] != code and other != code]

    def moves(self, code: str) -> bool:
        """Say whether the staff of a municipality get another office."""
        moved = self.plan.host_of[code] != self.instance.baseline.host_of[code]
        return moved and self.plan.form != "close_cooperation"

    def moving_fte(self, codes: list[str]) -> float:
        """Sum the staff who move with municipalities: only the state's where only they do, FTE."""
        return moving_fte(self.instance, self.plan, codes)

    def fte(self, codes: list[str]) -> float:
        """Sum the staff of municipalities, FTE."""
        return float(self.instance.municipalities.loc[codes, "fte"].astype(float).sum())

    def own_provenance(self, figure: str, codes: list[str] | tuple[str, ...]) -> Provenance:
        """Return the weakest provenance of a figure of some municipalities."""
        return weakest(self.instance.municipalities.loc[list(codes), f"{figure}_provenance"])


@lru_cache(maxsize=MOST_KEPT)
def facts_of(result: Result) -> Facts | None:
    """Gather what is known about the municipalities of a result; None where it has no plan."""
    instance, plan = result.instance, result.plan
    if plan is None:
        return None
    before = instance.baseline
    return Facts(
        instance=instance,
        plan=plan,
        figures=_rows(winners_and_losers(instance, plan)),
        costs=_rows(cost_sharing(instance, plan)),
        costs_before=_rows(cost_sharing(instance, before)),
        functions=_functions(instance, plan),
        functions_before=_functions(instance, before),
        services={one.host: one for one in harmonisation(instance, plan)},
        services_before={one.host: one for one in harmonisation(instance, before)},
        findings=findings(instance, plan),
        withdrawals={one.leavers[0]: one for one in withdrawals(instance, plan)},
        keeps=list(_rows(must_keep(instance, plan)).values()),
    )


def council_of(instance: Instance, code: str) -> str:
    """Return the regional council of a municipality; empty where none is known."""
    council = instance.municipalities["regional_council"][code]
    return council if isinstance(council, str) else ""


def finite_or_none(value: float) -> float | None:
    """Return a figure; None where it is not defined or infinite."""
    return float(value) if np.isfinite(value) else None


def _rows(table: pd.DataFrame) -> dict[Any, FactRow]:
    return {
        key: {str(name): value for name, value in row.items()}
        for key, row in table.to_dict("index").items()
    }


def _functions(instance: Instance, plan: Plan) -> dict[str, list[FactRow]]:
    by_host: dict[str, list[FactRow]] = {}
    if instance.functions:
        for (host, function), row in _rows(function_table(instance, plan)).items():
            by_host.setdefault(host, []).append({"function": function, **row})
    return by_host
