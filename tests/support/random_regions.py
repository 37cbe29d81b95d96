"""Random regions for tests, the same for the same seed."""

from __future__ import annotations

import networkx as nx
import numpy as np

from planner.model.instance import Instance
from planner.model.plan import Plan
from tests.support.factories import make_instance


def random_region(seed: int, n: int) -> Instance:
    """Scatter municipalities on a plane; neighbours form a connected graph of short ties."""
    rng = np.random.default_rng(seed)
    codes = [f"{1001 + position}" for position in range(n)]
    points = rng.uniform(0, 100, (n, 2))
    straight = np.linalg.norm(points[:, None] - points[None, :], axis=2)
    minutes = np.round(straight * rng.uniform(1, 1.2, (n, n)))
    np.fill_diagonal(minutes, 0)
    ties = set(nx.minimum_spanning_edges(nx.from_numpy_array(straight), data=False))
    nearest = np.argsort(straight, axis=1)[:, 1:3]
    ties |= {(a, int(b)) for a in range(n) for b in nearest[a] if rng.random() < 0.5}
    population = rng.integers(300, 20_000, n)
    pull = np.exp(-minutes / 20) * population[None, :] * population[:, None] / population.sum()
    hosts = list(range(n))
    for i in range(1, n):
        if rng.random() < 0.3 and hosts[i - 1] == i - 1:
            hosts[i] = i - 1
    table = {
        code: {
            "population": int(population[i]),
            "fte": round(float(population[i]) / 550, 1),
            "regional_council": [None, "Nord", "Sør"][rng.choice(3, p=[0.1, 0.5, 0.4])],
            "county": ["Øst", "Vest"][int(rng.random() < 0.2)],
        }
        for i, code in enumerate(codes)
    }
    return make_instance(
        table,
        minutes,
        commuters=rng.poisson(pull * 0.3),
        edges=[(codes[a], codes[b]) for a, b in sorted(ties)],
        baseline=Plan({codes[i]: codes[j] for i, j in enumerate(hosts)}),
    )
