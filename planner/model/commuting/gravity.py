"""Commuting between all municipalities: a gravity model, and observed flows on another network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import bmat, csr_array
from scipy.sparse.csgraph import connected_components

from planner.errors import LabelMismatchError, PlannerError

Matrix = npt.NDArray[np.float64]

#: Balancing ends when no row sum is further from its target than this share of it ...
TOLERANCE = 1e-8
#: ... and fails after so many rounds. The whole country takes 100 to 300.
MOST_ROUNDS = 10_000
#: Opportunities are counted in units of so many persons, which only scales the own weight.
OPPORTUNITY_UNIT = 10_000.0
#: Minutes closer than this are the same when opportunities are ranked by nearness.
SAME_MINUTES = 6


class CommutingError(PlannerError, ValueError):
    """Figures between which no commuting is possible, such as negative jobs."""


@dataclass(frozen=True)
class GravityParameters:
    """Parameters of the gravity model; each stands in the assumptions as ``gravity_<name>``.

    Attributes
    ----------
    decay_min : minutes over which the pull of a workplace falls to 1/e of what it was.
    distant_share : what is left of it however far away: weekly commuting, flights, shift work
        offshore, telework.
    opportunity_exponent : how much jobs nearer to the home, and workers nearer to the
        workplace, take from a pair's flow.
    own_weight : pull of the own municipality, where 1 is a workplace at 0 minutes in a
        municipality with 10 000 employed residents and 10 000 jobs.
    """

    decay_min: float
    distant_share: float
    opportunity_exponent: float
    own_weight: float

    @classmethod
    def from_assumptions(cls, values: Mapping[str, float]) -> Self:
        """Take the parameters out of all assumptions' values."""
        return cls(**{field.name: values[f"gravity_{field.name}"] for field in fields(cls)})


def gravity_flows(
    employed_residents: pd.Series[float],
    jobs: pd.Series[float],
    minutes: pd.DataFrame,
    parameters: GravityParameters,
) -> pd.DataFrame:
    """Model who works where: a doubly constrained gravity model.

    ``T_ij = A_i O_i B_j D_j f_ij`` with O employed residents, D jobs, f as in `attraction`, and
    A and B such that every row sums to O and every column to D. Jobs are first scaled to the
    employed residents, within each set of municipalities that can reach each other: a
    municipality without any way out keeps its workers at home.

    Parameters
    ----------
    employed_residents : shape (n,), persons, wherever they work.
    jobs : shape (n,), persons, wherever they live.
    minutes : shape (n, n), travel time; infinite where there is no way.
    parameters : calibrated on observed flows.

    Returns
    -------
    shape (n, n), persons; rows home, columns workplace; 0 where there is no way.

    Raises
    ------
    LabelMismatchError : labels differ, or differ in order.
    CommutingError : a figure is negative or missing, or somebody is employed where no job can
        be reached.

    Source
    ------
    Wilson (1971), A family of spatial interaction models; Stouffer (1940), Intervening
    opportunities. Calibration: docs/commuting.md.
    """
    pull = attraction(employed_residents, jobs, minutes, parameters)
    flows = balanced(pull.to_numpy(), _figures(employed_residents), _figures(jobs))
    return pd.DataFrame(flows, index=minutes.index, columns=minutes.columns)


def attraction(
    employed_residents: pd.Series[float],
    jobs: pd.Series[float],
    minutes: pd.DataFrame,
    parameters: GravityParameters,
) -> pd.DataFrame:
    """Return f_ij, the pull of a workplace municipality on a home municipality.

    Between municipalities ``f_ij = (exp(-t_ij / t_0) + c) (S_ij R_ij)^-b``, where S_ij are the
    jobs nearer to home i than j is, those in i among them, and R_ij the employed residents nearer
    to workplace j than i is, those in j among them. Within one
    ``f_ii = own_weight (D_i O_i)^-1/2``. S, R, D and O count in units of 10 000 persons and are
    at least one person. No way, no pull.

    Parameters, Returns, Raises
    ---------------------------
    As `gravity_flows`, but f has no unit.
    """
    _check(employed_residents, jobs, minutes)
    unit = 1 / OPPORTUNITY_UNIT
    times = minutes.to_numpy(dtype=float)
    workers = np.maximum(_figures(employed_residents), 1) * unit
    places = np.maximum(_figures(jobs), 1) * unit
    by_time = np.exp(-times / parameters.decay_min) + parameters.distant_share
    nearer = _nearer(times, places) * _nearer(times.T, workers).T
    with np.errstate(divide="ignore"):  # the diagonal, which is set below
        pull = np.where(np.isfinite(times), by_time * nearer**-parameters.opportunity_exponent, 0)
    np.fill_diagonal(pull, parameters.own_weight / np.sqrt(places * workers))
    return pd.DataFrame(pull, index=minutes.index, columns=minutes.columns)


def shifted_flows(
    observed: pd.DataFrame, modelled_before: pd.DataFrame, modelled_after: pd.DataFrame
) -> pd.DataFrame:
    """Say what a changed network does to observed flows.

    ``observed x modelled after / modelled before``, balanced to the observed rows and columns.
    Where nobody was observed, or nothing modelled, a quotient says nothing: there the modelled
    gain is added.

    Parameters
    ----------
    observed, modelled_before, modelled_after : shape (n, n), persons; rows home, columns
        workplace.

    Returns
    -------
    shape (n, n), persons. The same as observed where the model sees no change.

    Raises
    ------
    LabelMismatchError : labels differ, or differ in order.
    CommutingError : the changed network cannot carry the observed rows and columns.
    """
    for name, frame in (("before", modelled_before), ("after", modelled_after)):
        if not (frame.index.equals(observed.index) and frame.columns.equals(observed.columns)):
            msg = f"modelled flows {name} the change are labelled otherwise than the observed"
            raise LabelMismatchError(msg)
    flows = observed.to_numpy(dtype=float)
    before = modelled_before.to_numpy(dtype=float)
    after = modelled_after.to_numpy(dtype=float)
    quotient = np.divide(after, before, out=np.ones_like(after), where=before > 0)
    gain = np.where((flows == 0) | (before == 0), np.maximum(after - before, 0), 0)
    shifted = balanced(flows * quotient + gain, flows.sum(axis=1), flows.sum(axis=0))
    return pd.DataFrame(shifted, index=observed.index, columns=observed.columns)


def balanced(seed: Matrix, origins: Matrix, destinations: Matrix) -> Matrix:
    """Scale rows and columns of a matrix until they sum to given totals.

    Iterative proportional fitting. In each block of rows and columns that the matrix joins,
    destinations are first scaled to the origins.

    Parameters
    ----------
    seed : shape (n, n), not negative; a zero stays zero.
    origins : shape (n,), row sums to reach.
    destinations : shape (n,), column sums to reach, up to the scaling.

    Raises
    ------
    CommutingError : a row with a positive total is empty, its block has no destination, or the
        sums are not reached within `TOLERANCE` after `MOST_ROUNDS`.

    Source
    ------
    Deming and Stephan (1940), On a least squares adjustment of a sampled frequency table.
    """
    targets = _scaled(seed, origins, destinations)
    rows, columns = origins > 0, targets > 0
    part = seed[np.ix_(rows, columns)]
    by_row, by_column = np.ones(part.shape[0]), np.ones(part.shape[1])
    for _ in range(MOST_ROUNDS):
        with np.errstate(all="ignore"):  # what cannot be balanced runs out of numbers
            by_row = origins[rows] / (part @ by_column)
            by_column = targets[columns] / (by_row @ part)
            off = np.abs(by_row * (part @ by_column) / origins[rows] - 1)
        if (off <= TOLERANCE).all():
            flows = np.zeros_like(seed)
            flows[np.ix_(rows, columns)] = by_row[:, None] * part * by_column
            return flows
        if not np.isfinite(off).all():
            break
    msg = (
        "commuting cannot be balanced: the employed residents and the jobs do not fit the pairs "
        "of municipalities between which there is a way."
    )
    raise CommutingError(msg)


def _figures(series: pd.Series[float]) -> Matrix:
    return np.asarray(series, dtype=np.float64)


def _scaled(seed: Matrix, origins: Matrix, destinations: Matrix) -> Matrix:
    """Scale destinations to the origins within each block of rows and columns."""
    count = len(origins)
    joins = csr_array(seed > 0)
    _, block = connected_components(bmat([[None, joins], [joins.T, None]]), directed=False)
    supply = np.bincount(block[:count], origins, minlength=2 * count)
    demand = np.bincount(block[count:], destinations, minlength=2 * count)
    if ((supply > 0) & (demand <= 0)).any():
        msg = "somebody is employed where no job can be reached, not even at home."
        raise CommutingError(msg)
    factor = np.divide(supply, demand, out=np.zeros_like(supply), where=demand > 0)
    scaled: Matrix = destinations * factor[block[count:]]
    return scaled


def _nearer(times: Matrix, weights: Matrix) -> Matrix:
    """Sum the weights of all columns that are nearer to a row than each column is.

    The row's own column is always nearer than any other; equally near columns are not nearer
    than each other. The diagonal is zero.
    """
    ranked = np.round(times, SAME_MINUTES)
    np.fill_diagonal(ranked, -1.0)
    order = np.argsort(ranked, axis=1, kind="stable")
    steps = np.take_along_axis(ranked, order, axis=1)
    before = np.cumsum(weights[order], axis=1) - weights[order]
    first = np.zeros(order.shape, dtype=np.intp)
    first[:, 1:] = np.where(steps[:, 1:] > steps[:, :-1], np.arange(1, order.shape[1]), 0)
    np.maximum.accumulate(first, axis=1, out=first)
    nearer = np.empty_like(before)
    np.put_along_axis(nearer, order, np.take_along_axis(before, first, axis=1), axis=1)
    return nearer


def _check(
    employed_residents: pd.Series[float], jobs: pd.Series[float], minutes: pd.DataFrame
) -> None:
    labels = minutes.index
    for name, other in (
        ("columns of minutes", minutes.columns),
        ("employed residents", employed_residents.index),
        ("jobs", jobs.index),
    ):
        if not other.equals(labels):
            msg = f"{name} and the rows of minutes must have the same labels in the same order"
            raise LabelMismatchError(msg)
    for name, figures in (("employed residents", employed_residents), ("jobs", jobs)):
        wrong = figures.index[~(figures >= 0) | ~np.isfinite(figures.astype(float))]
        if len(wrong):
            msg = f"{name} missing or negative: {', '.join(map(str, wrong))}"
            raise CommutingError(msg)
    if not (minutes.to_numpy(dtype=float) >= 0).all():
        msg = "minutes missing or negative"
        raise CommutingError(msg)
