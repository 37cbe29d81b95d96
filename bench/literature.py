"""The p-median on instances of the literature, beside the best values and times published.

Without capacities: OR-Library's pmed1-40 (J. E. Beasley, 1985; the last of duplicate edges counts,
then all shortest paths). Their optimal values are in the file `pmedopt.txt`; the seconds are those
of C. Duran-Mateluna, Z. Ales and S. Elloumi (2023), An efficient Benders decomposition for the
p-median problem, European Journal of Operational Research 308, where the few hard ones are told.

With capacities: SJC (L. Lorena and E. Senne, 2004), and lin318, ali535, u724 and spain737 (F.
Stefanello, O. de Araujo and F. Müller, 2015; J. Diaz and E. Fernandez, 2006). Costs are unrounded
distances, not multiplied by demand. Some values in circulation overfill hosts; those here were
recomputed from assignments that do not.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np

from bench.measure import Facts, Piece, Work
from bench.norway import FloatArray
from bench.table import Row, Settings

_COLUMNS = 4
_TIME_LIMIT_S = 60.0
#: A plan may cost so much more than the best known one.
_SHARE = 0.005
_PUBLISHED_S = {"pmed26": 8, "pmed31": 7, "pmed35": 9, "pmed38": 19}
_BEST_KNOWN = {
    "SJC1": 17288.99,
    "SJC2": 33270.94,
    "SJC3a": 45335.16,
    "SJC3b": 40635.90,
    "SJC4a": 61925.51,
    "SJC4b": 52458.02,
    "lin318_005": 180281.21,
    "lin318_015": 88901.56,
    "lin318_040": 47988.38,
    "ali535_005": 9956.77,
    "u724_030": 95034.01,
    "spain737_148_1": 5901.0,
}


def rows(settings: Settings) -> list[Row]:
    """Compare each with the best value published."""
    folder = settings.reference / "p_median"
    if not folder.is_dir():
        reason = "Literature: left out, as the reference folder has no p_median/ (--reference)."
        return [Row("p-median of the literature", skipped=reason)]
    optima = _optima(folder / "orlib" / "pmedopt.txt")
    files = sorted((folder / "orlib").glob("pmed[0-9]*.txt"), key=lambda file: int(file.stem[4:]))
    limited = [next((folder / "capacitated").glob(f"{name}.*")) for name in _BEST_KNOWN]
    if settings.quick:
        files, limited = files[:1], limited[:1]
    return [
        *(
            Row(
                f"OR-Library {file.stem}",
                Piece.of(ours, str(file)),
                peer_name=_peer(file.stem),
                published=optima[file.stem],
                tolerance=0.0,
            )
            for file in files
        ),
        *(
            Row(
                f"{file.stem}, {_TIME_LIMIT_S:.0f} s",
                Piece.of(ours_limited, str(file)),
                peer_name="best known value",
                published=_BEST_KNOWN[file.stem],
                tolerance=_SHARE,
            )
            for file in limited
        ),
    ]


def _peer(name: str) -> str:
    seconds = _PUBLISHED_S.get(name)
    return "optimal value" if seconds is None else f"optimal value, CPLEX {seconds} s"


def _optima(path: Path) -> dict[str, float]:
    lines = [line.split() for line in path.read_text().splitlines()]
    return {line[0]: float(line[1]) for line in lines if line and line[0].startswith("pmed")}


def graph(path: Path) -> tuple[FloatArray, int]:
    """(n, n) shortest paths of a file of n, edges, p and the edges; and p."""
    numbers = np.array(path.read_text().split(), dtype=int)
    count, _, p = numbers[:3]
    cost = np.full((count, count), np.inf)
    np.fill_diagonal(cost, 0.0)
    for one, other, length in numbers[3:].reshape(-1, 3):
        cost[one - 1, other - 1] = cost[other - 1, one - 1] = length
    for between in range(count):
        np.minimum(cost, cost[:, between, None] + cost[between], out=cost)
    return cost, int(p)


def ours(path: str) -> Work:
    """Prepare an instance without capacities for `planner.optimise.p_median`."""
    from planner.optimise import p_median  # noqa: PLC0415 - only in the piece's own process

    cost, p = graph(Path(path))

    def work() -> Facts:
        found = p_median(cost, p)
        return {"objective": found.objective, "outcome": found.outcome}

    return work


def ours_limited(path: str) -> Work:
    """Prepare an instance with capacities, stopped after a minute."""
    from planner.optimise import p_median  # noqa: PLC0415

    file = Path(path)
    numbers = np.array(file.read_text().split(), dtype=float)
    count, p = int(numbers[0]), int(numbers[1])
    x, y, capacity, demand = numbers[2:].reshape(count, _COLUMNS).T
    cost = np.hypot(x[:, None] - x, y[:, None] - y)
    if file.stem.startswith("spain"):
        with gzip.open(file.with_name("spain.grd.gz"), "rt") as table:
            cost = np.array(table.read().split(), dtype=float).reshape(count, count)

    def work() -> Facts:
        found = p_median(cost, p, demand=demand, capacity=capacity, time_limit_s=_TIME_LIMIT_S)
        return {
            "objective": found.objective,
            "bound": found.bound,
            "relative_gap": found.relative_gap,
            "outcome": found.outcome,
        }

    return work
