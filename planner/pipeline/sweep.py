"""Sensitivity of a proposal: the same request solved again and again as weights and limits move.

Each variant is solved alone, wherever a pool does it, which writes it to a file of its own. A
sweep that was stopped goes on where it was, and computes nothing twice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache, partial
from itertools import pairwise, product
from pathlib import Path

import pandas as pd
from pydantic import ValidationError

from planner._version import __version__
from planner.assess.presence_rule import presence_lost, with_presence
from planner.errors import PlannerError
from planner.io.bundle import Bundle
from planner.io.files import write_whole
from planner.messages.message import Message
from planner.model.instance import Instance
from planner.model.limits import FIGURES, TERMS
from planner.model.request import Request
from planner.model.weights import Weights
from planner.optimise import propose
from planner.pipeline.parts import PartRow, Parts, make_parts
from planner.pipeline.run_scenario import make_instance, make_request
from planner.pool import Pool
from planner.scenario.load import load_scenario
from planner.scenario.vocabulary import Propose, Scenario
from planner.spelling import did_you_mean, shown

#: Most variants of one sweep.
MOST_VARIANTS = 100_000
#: Figures that a sweep may move, by their key in a scenario.
KEYS = (
    *(f"weights.{name}" for name in TERMS),
    *(f"constraints.{limit.key}" for limit in FIGURES),
)
PREFIX = "host_"
#: Outcome of a variant whose solve failed; the next sweep tries it again.
FAILED = "failed"

ShowShare = Callable[[float], None]


@dataclass(frozen=True)
class SweepAxis:
    """A key of a request and the values that it takes, in order."""

    key: str
    points: tuple[float, ...]


@dataclass(frozen=True)
class Variant:
    """One request of a sweep.

    Attributes
    ----------
    id : the same for the same request on the same data, whenever and wherever it is solved.
    point : values of the axes, in their order.
    """

    id: str
    point: tuple[float, ...]
    request: Request


def read_axis(written: str) -> SweepAxis:
    """Read ``KEY=from:to:step``; both ends belong to it.

    Raises
    ------
    PlannerError : it is not written so, or the key is not a figure of a request.
    """
    key, equals, span = written.partition("=")
    key = key.strip().removeprefix("propose.")
    if key not in KEYS:
        hint = did_you_mean(key, KEYS)
        figures = {"written": shown(written), "key": shown(key)}
        raise PlannerError(Message.of("vary.unknown", hint, **figures))
    try:
        first, last, step = (Decimal(part.strip()) for part in span.split(":"))
        count = int((last - first) / step) + 1 if step > 0 else 0
    except (InvalidOperation, ValueError, OverflowError):
        count = 0
    if not equals or not 0 < count <= MOST_VARIANTS:
        raise PlannerError(Message.of("vary.form", written=shown(written), most=MOST_VARIANTS))
    points = tuple(float(first + step * place) for place in range(count))
    return SweepAxis(key, points)


def variants(scenario: Scenario, axes: Sequence[SweepAxis], bundle: Bundle) -> tuple[Variant, ...]:
    """Make every combination of the axes' values, the last axis moving first.

    Raises
    ------
    PlannerError : a value is not allowed, a key stands twice, or there are too many combinations.
    """
    keys = [axis.key for axis in axes]
    if len(set(keys)) < len(keys):
        raise PlannerError(Message.of("vary.twice"))
    count = 1
    for axis in axes:
        _check(scenario, axis)
        count *= len(axis.points)
    if count > MOST_VARIANTS:
        raise PlannerError(Message.of("vary.many", count=count, most=MOST_VARIANTS))
    base = replace(make_request(scenario, bundle), alternatives=0)
    data = _fingerprint(scenario, bundle)
    found = []
    for values in product(*(axis.points for axis in axes)):
        request = base
        for key, value in zip(keys, values, strict=True):
            request = _with_value(request, key, value)
        found.append(Variant(_id(request, data), values, request))
    return tuple(found)


def _check(scenario: Scenario, axis: SweepAxis) -> None:
    """Hold the ends of an axis to what a scenario may say."""
    asked = (scenario.propose or Propose()).model_dump()
    *path, last = axis.key.split(".")
    for value in {axis.points[0], axis.points[-1]}:
        node = asked
        for part in path:
            node = node[part]
        node[last] = int(value) if value.is_integer() else value
        try:
            Propose.model_validate(asked)
        except ValidationError:
            raise PlannerError(Message.of("vary.refused", key=axis.key, value=value)) from None


def _with_value(request: Request, key: str, value: float) -> Request:
    group, _, name = key.partition(".")
    if group == "weights":
        return replace(request, weights=request.weights.model_copy(update={name: value}))
    return request.with_limit(name, value)


def _fingerprint(scenario: Scenario, bundle: Bundle) -> str:
    """Return a digest of all that an instance is made of: scenario, baseline, data and program."""
    parts = [__version__.encode(), (bundle.folder / "sources.csv").read_bytes()]
    own = scenario.model_dump(mode="json", exclude={"title", "description", "propose"})
    own["keep_presence"] = (scenario.propose or Propose()).keep_presence
    parts.append(json.dumps(own, sort_keys=True).encode())
    if scenario.baseline_path is not None:
        parts.append(scenario.baseline_path.read_bytes())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _id(request: Request, data: str) -> str:
    written = json.dumps(_plain(request), sort_keys=True)
    return hashlib.sha256(f"{data}\0{written}".encode()).hexdigest()[:24]


def _plain(value: object) -> object:
    """Return a request as lists and figures, the same whatever order sets come in."""
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, Weights):
        return value.model_dump()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


@lru_cache(maxsize=4)
def _region(path: str, folder: str, version: str) -> tuple[Instance, bool]:  # noqa: ARG001 - part of the key
    """Make a scenario's region once in each process; and whether it asks to keep presence."""
    bundle = Bundle(Path(folder))
    scenario = load_scenario(Path(path), bundle)
    return make_instance(scenario, bundle), (scenario.propose or Propose()).keep_presence


def solve_variant(path: str, folder: str, version: str, variant: Variant) -> PartRow:
    """Solve one variant.

    Parameters
    ----------
    path, folder : the scenario file and the data's folder, as this process sees them.
    version : names their contents.
    """
    instance, keep = _region(path, folder, version)
    proposal = with_presence(instance, propose(instance, variant.request), keep=keep)
    solve, plan = proposal.solve, proposal.plan
    row: PartRow = {
        "variant": variant.id,
        "outcome": solve.outcome,
        "objective": solve.objective,
        "bound": solve.bound,
        "relative_gap": solve.relative_gap,
        "offices": len(plan.hosts) if plan else None,
        "exempt": len(plan.exempt) if plan else None,
        "presence_days": sum(plan.locations.values()) if plan else None,
        "presence_lost": len(presence_lost(instance, plan)) if plan else None,
    }
    row |= {f"term_{name}": value for name, value in proposal.terms.items()}
    if plan is not None:
        row |= {f"{PREFIX}{code}": host for code, host in plan.host_of.items()}
    return row


def sweep(
    scenario: Scenario,
    axes: Sequence[SweepAxis],
    out: Path,
    *,
    bundle: Bundle,
    pool: Pool | None = None,
    progress: ShowShare | None = None,
) -> pd.DataFrame:
    """Solve every variant that is not solved yet, and write all of them as one Parquet file.

    Parameters
    ----------
    scenario : read from a file, with a request.
    axes : from `read_axis`.
    out : the Parquet file; variants that are done lie in the folder ``<out>.parts`` beside it.
    pool : where the variants are solved; in this process where it is left out.
    progress : called with the share (0-1) that is done.

    Returns
    -------
    One row a variant: ``variant``, the axes' keys, ``outcome``, ``objective``, ``bound``,
    ``relative_gap``, ``offices``, ``exempt`` (number of groups), ``presence_days`` (a week outside
    the hosts, by the rule of proposals), ``presence_lost`` (municipalities that must have presence
    and have none), ``term_<name>`` (unweighted) and ``host_<code>``. A variant that failed has the
    outcome ``failed``, and ``error``.

    Raises
    ------
    PlannerError : an axis is not allowed, the scenario is not a file, or the pool cannot be used.
    """
    if scenario.path is None:
        raise PlannerError(Message.of("vary.no_file"))
    every = variants(scenario, axes, bundle)
    parts = Parts(out.with_name(f"{out.name}.parts"))
    here = (str(scenario.path.resolve()), str(bundle.folder.resolve()))
    solve = partial(solve_variant, *here, _fingerprint(scenario, bundle))
    tasks = {one.id: one for one in every}
    before = len(parts.names() & set(tasks))
    failed: dict[str, str] = {}
    for count, (name, error) in enumerate(make_parts(parts, solve, tasks, pool or Pool()), 1):
        if error is not None:
            failed[name] = f"{type(error).__name__}: {error}"
        if progress is not None:
            progress((before + count) / len(tasks))
    table = _table(every, axes, parts, failed)
    write_whole(out, table.to_parquet(index=False))
    return table


def _table(
    every: Sequence[Variant], axes: Sequence[SweepAxis], parts: Parts, failed: Mapping[str, str]
) -> pd.DataFrame:
    rows = []
    for variant in every:
        moved = dict(zip((axis.key for axis in axes), variant.point, strict=True))
        if variant.id in failed:
            row: PartRow = {"outcome": FAILED, "error": failed[variant.id]}
        else:
            row = parts.read(variant.id)
        rows.append({"variant": variant.id, **moved, **row})
    return pd.DataFrame(rows)


def host_counts(table: pd.DataFrame) -> dict[str, Mapping[str, int]]:
    """Count how often each municipality gets each host: code -> host -> variants with a plan."""
    return {
        str(column).removeprefix(PREFIX): {
            str(host): int(count) for host, count in table[column].value_counts().items()
        }
        for column in table.columns
        if str(column).startswith(PREFIX)
    }


def plan_changes(table: pd.DataFrame, axes: Sequence[SweepAxis]) -> dict[str, tuple[int, int]]:
    """Count the steps along each axis, all else equal, in which the plan changes, of how many.

    A step from a plan to none, or back, is a change. Variants that failed are passed over.
    """
    table = table[table["outcome"] != FAILED]
    hosts = [column for column in table.columns if str(column).startswith(PREFIX)]
    plans = table[hosts].astype(object).where(table[hosts].notna(), "").agg(tuple, axis=1)
    keys = [axis.key for axis in axes]
    found = {}
    for key in keys:
        others = [other for other in keys if other != key]
        frame = table[keys].assign(plan=plans).sort_values([*others, key])
        groups = [group for _, group in frame.groupby(others)] if others else [frame]
        steps = changes = 0
        for group in groups:
            along = list(group["plan"])
            steps += len(along) - 1
            changes += sum(a != b for a, b in pairwise(along))
        found[key] = (changes, steps)
    return found
