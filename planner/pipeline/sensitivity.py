"""Sensitivity: the same plans measured again and again, as parameters move in their ranges.

Stands beside the pipeline, since parameters of travel and commuting change the whole country. Such
parameters, and estimated staff, take few joint values; the others are drawn afresh every time, as
measuring a plan again costs little.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np
import pandas as pd

from planner.assess.scorecard import FAMILIES
from planner.assess.uncertainty import Draws, Floats, draw_parameters, swings
from planner.io.bundle import Bundle
from planner.io.tables.assumptions import Assumption, load_assumptions
from planner.io.tables.municipalities import read_municipalities
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.model.roads import network, settlements
from planner.model.staffing import own_factors
from planner.pipeline.result import Result
from planner.pipeline.run_scenario import make_region
from planner.pool import Pool, Shared
from planner.scenario.load import resolve

#: Parameters from which travel, commuting and labour-market regions of the country follow.
COUNTRY_PARAMETERS = frozenset(
    {
        *network.PARAMETERS,
        *settlements.PARAMETERS,
        "contiguity_least_border_m",
        "gravity_decay_min",
        "gravity_distant_share",
        "gravity_opportunity_exponent",
        "gravity_own_weight",
        "labour_market_least_share",
        "labour_market_max_minutes",
    }
)
#: Parameters that are read with the tables, before any scenario; they do not move here.
HELD_FIXED = frozenset({"branch_days_per_week", "location_days_per_week"})
#: Name under which estimated staff stand among the parameters.
ESTIMATED_STAFF = "estimated_staff_factor"
COUNTRY_DRAWS = 12


def draw_indicators(
    results: Sequence[Result],
    bundle: Bundle,
    *,
    draws: int,
    seed: int,
    country_draws: int = COUNTRY_DRAWS,
    keys: Collection[str] | None = None,
    pool: Pool | None = None,
    progress: Callable[[float], None] | None = None,
) -> Draws:
    """Measure the plans of several results in the same draws of the parameters.

    Parameters
    ----------
    results : from `planner.run` or `planner.compare`. Plans are held fixed, proposed ones too. A
        result without a plan has no figures.
    bundle : the data that they were computed from.
    draws : number of draws, at least 1.
    seed : of the draws; the same seed gives the same figures.
    country_draws : most joint values of travel, commuting and estimated staff.
    keys : indicators that are wanted, all if it is left out; the fewer families, the faster.
    pool : where the plans are measured; in this process where it is left out.
    progress : told the share of the work that is done.
    """
    of_country, of_staff, of_others, of_order = np.random.default_rng(seed).spawn(4)
    study = _Study(results, bundle, keys)
    variants = min(draws, country_draws)
    parameters = study.movable
    country = draw_parameters(
        {name: one for name, one in parameters.items() if name in COUNTRY_PARAMETERS},
        variants,
        of_country,
    )
    staff = study.draw_staff(variants, of_staff)
    others = {name: one for name, one in parameters.items() if name not in COUNTRY_PARAMETERS}
    own = draw_parameters(others, draws, of_others)
    variant_of = of_order.permutation(np.arange(draws) % variants)
    blocks = []
    for variant in range(variants):
        given = {str(name): float(value) for name, value in country.iloc[variant].items()}
        moved = own.loc[variant_of == variant].to_dict("records")
        blocks.append(_Block(given, staff.iloc[variant], moved))
    _ = study.central  # known to whoever gets the study
    figures = _every(pool, partial(_measure_block, Shared(study)), blocks, progress)
    drawn = np.full((draws, *study.central.shape), np.nan)
    for variant, found in enumerate(figures):
        drawn[variant_of == variant] = found
    joint = country.iloc[variant_of].set_axis(own.index)
    table = pd.concat([joint, own], axis="columns")[list(study.parameters)]
    return Draws(study.indicators, study.central, drawn, table)


def tornado(
    results: Sequence[Result],
    bundle: Bundle,
    *,
    keys: Collection[str] | None = None,
    pool: Pool | None = None,
    progress: Callable[[float], None] | None = None,
) -> pd.DataFrame:
    """Move one parameter at a time to either end of its range; see `swings` for the columns.

    Estimated staff move together, by their residual factor up and down. Other arguments as in
    `draw_indicators`.
    """
    study = _Study(results, bundle, keys)
    blocks = [
        _Block({name: value} if name in COUNTRY_PARAMETERS else {}, None, [{name: value}])
        for name, one in study.parameters.items()
        for value in (one.low, one.high)
    ]
    factors = study.staff_factors
    blocks += [_Block({}, staff, [{}]) for staff in (1 / factors, factors)]
    _ = study.central  # known to whoever gets the study
    figures = _every(pool, partial(_measure_block, Shared(study)), blocks, progress)
    names = [*study.parameters, ESTIMATED_STAFF]
    ends = {
        name: (low[0], high[0])
        for name, low, high in zip(names, figures[::2], figures[1::2], strict=True)
    }
    return swings(study.indicators, study.central, ends)


def _every(
    pool: Pool | None,
    measure: Callable[[_Block], Floats],
    blocks: Sequence[_Block],
    progress: Callable[[float], None] | None,
) -> list[Floats]:
    def tell(done: int) -> None:
        if progress is not None:
            progress(done / len(blocks))

    return (pool or Pool()).every(measure, blocks, tell)


@dataclass(frozen=True, eq=False)
class _Block:
    """Draws that share travel, commuting and staff, and so are measured together.

    Attributes
    ----------
    country : parameters of the country that are moved.
    staff : factor of each municipality's staff; None where it is as usual.
    own : the other parameters that are moved, draw by draw.
    """

    country: Mapping[str, float]
    staff: pd.Series[float] | None
    own: Sequence[Mapping[str, float]]


def _measure_block(shared: Shared[_Study], block: _Block) -> Floats:
    """Measure the plans in each draw of a block; shape (draws, indicators, plans)."""
    study = shared.value
    if block.country or block.staff is not None:
        staff = study.usual_staff if block.staff is None else block.staff
        measured = study.measured(block.country, staff)
    else:
        measured = study.unchanged
    return np.array([study.figures(measured, {**block.country, **own}) for own in block.own])


class _Reading(Mapping[str, float]):
    """Parameters that remember which of them were read."""

    def __init__(self, given: Mapping[str, float]) -> None:
        self._given = given
        self.read: dict[str, float] = {}

    def __getitem__(self, name: str) -> float:
        value = self.read[name] = self._given[name]
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)


class _Measured:
    """A plan in fixed travel, commuting and staff, measured at any value of the other parameters.

    A family is measured again only if a parameter that it read has another value.
    """

    def __init__(self, instance: Instance, plan: Plan, families: Collection[str]) -> None:
        self._instance = instance
        self._plan = plan
        self._known: dict[str, list[tuple[dict[str, float], dict[str, float]]]] = {
            family: [] for family in families
        }

    def figures(self, own: Mapping[str, float]) -> dict[str, float]:
        """Return indicator -> figure, NaN where it is not defined."""
        given = {**self._instance.assumptions, **own}
        found: dict[str, float] = {}
        for family in self._known:
            found |= self._family(family, given)
        return found

    def _family(self, family: str, given: Mapping[str, float]) -> dict[str, float]:
        for read, figures in self._known[family]:
            if all(given[name] == value for name, value in read.items()):
                return figures
        reading = _Reading(given)
        # An instance of its own for every family: what another had computed would not be read.
        instance = self._instance.with_assumptions(reading)
        figures = {
            one.key: np.nan if one.value is None else one.value
            for one in FAMILIES[family](instance, self._plan)
        }
        self._known[family].append((reading.read, figures))
        return figures


@dataclass(frozen=True, eq=False)
class _Study:
    """Several plans that are measured in the same circumstances again and again."""

    results: Sequence[Result]
    bundle: Bundle
    keys: Collection[str] | None

    @cached_property
    def movable(self) -> dict[str, Assumption]:
        """All parameters that can move; drawn alike whatever the results are."""
        known = load_assumptions(self.bundle).items()
        return {name: one for name, one in known if name not in HELD_FIXED}

    @cached_property
    def parameters(self) -> dict[str, Assumption]:
        """Those that move for some result, as not every one sets them itself."""
        free = frozenset().union(*(self._free(result) for result in self.results))
        return {name: one for name, one in self.movable.items() if name in free}

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        """Keys of the indicators that some plan has and that are wanted."""
        found = {key: None for figures in self._usual for key in figures}
        return tuple(key for key in found if self.keys is None or key in self.keys)

    @cached_property
    def central(self) -> Floats:
        """Figures at the parameters in use; shape (indicators, plans)."""
        return self._table(self._usual)

    @cached_property
    def staff_factors(self) -> pd.Series[float]:
        """Code -> factor within which its staff lie of the estimate in about two cases of three."""
        return own_factors(self.bundle, self.usual_staff.index)

    @cached_property
    def usual_staff(self) -> pd.Series[float]:
        """Code -> 1, for every municipality of the country."""
        return pd.Series(1.0, index=read_municipalities(self.bundle).index)

    def draw_staff(self, count: int, rng: np.random.Generator) -> pd.DataFrame:
        """Draw the factor by which each municipality's staff differ from an estimate."""
        codes = self.usual_staff.index
        deviations = rng.standard_normal((count, len(codes)))
        return pd.DataFrame(self.staff_factors.to_numpy() ** deviations, columns=codes)

    def measured(
        self, country: Mapping[str, float], staff: pd.Series[float]
    ) -> list[_Measured | None]:
        """Prepare every plan with some parameters of the country and factors of staff."""
        return [self._prepared(result, country, staff) for result in self.results]

    def figures(self, measured: Sequence[_Measured | None], own: Mapping[str, float]) -> Floats:
        """Measure prepared plans at some parameters; shape (indicators, plans)."""
        found = []
        for one, result in zip(measured, self.results, strict=True):
            free = self._free(result)
            moved = {name: value for name, value in own.items() if name in free}
            found.append({} if one is None else one.figures(moved))
        return self._table(found)

    @cached_property
    def unchanged(self) -> list[_Measured | None]:
        """Every plan, prepared as it is."""
        return self.measured({}, self.usual_staff)

    @cached_property
    def _usual(self) -> list[dict[str, float]]:
        return [{} if one is None else one.figures({}) for one in self.unchanged]

    def _prepared(
        self, result: Result, country: Mapping[str, float], staff: pd.Series[float]
    ) -> _Measured | None:
        if result.plan is None:
            return None
        free = self._free(result)
        moved = {name: value for name, value in country.items() if name in free}
        instance = _in_other_country(result, moved, self.bundle) if moved else result.instance
        return _Measured(_with_staff(instance, staff), result.plan, self._families)

    @cached_property
    def _families(self) -> list[str]:
        wanted = None if self.keys is None else {key.split(".")[0] for key in self.keys}
        return [family for family in FAMILIES if wanted is None or family in wanted]

    def _table(self, figures: Sequence[Mapping[str, float]]) -> Floats:
        rows = [[of_plan.get(key, np.nan) for of_plan in figures] for key in self.indicators]
        return np.array(rows, dtype=float).reshape(len(rows), len(figures))

    def _free(self, result: Result) -> frozenset[str]:
        """Parameters that have their default value and not the scenario's own."""
        given = result.instance.assumptions
        return frozenset(
            name
            for name, one in load_assumptions(self.bundle).items()
            if name not in result.scenario.assumptions and given[name] == one.default
        )


def _in_other_country(result: Result, moved: Mapping[str, float], bundle: Bundle) -> Instance:
    """Make a result's region again with some parameters of the country, its baseline the same."""
    resolved = resolve(result.scenario, bundle)
    usual = resolved.circumstances
    moved_too = replace(usual, assumptions={**usual.assumptions, **moved})
    return make_region(replace(resolved, circumstances=moved_too), result.instance.baseline, bundle)


def _with_staff(instance: Instance, factor: pd.Series[float]) -> Instance:
    """Multiply the staff of municipalities whose staff are estimated."""
    table = instance.municipalities
    estimated = table["fte_provenance"] == "estimated"
    moved = table["fte"].where(~estimated, table["fte"] * factor[table.index])
    return replace(instance, municipalities=table.assign(fte=moved))
