"""Rows of the benchmark, what was measured for them, and the one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.measure import Measurement, Piece


@dataclass(frozen=True)
class Settings:
    """What a run is about.

    Attributes
    ----------
    quick : small instances, to see that everything runs.
    reference : folder of files that are not part of the project.
    """

    quick: bool
    reference: Path


@dataclass(frozen=True)
class Row:
    """One thing measured, beside a peer where there is one.

    Attributes
    ----------
    name : what is solved.
    ours, peer : the work; ours is None where it cannot be done here, for the reason in `skipped`.
    peer_name : who the peer is.
    published : objective that the peer has published, where nothing of it is run.
    needs : library of the peer that is not among Kontorplan's own.
    tolerance : share by which two right objectives may differ; None where another objective is
        no fault, as with a heuristic.
    skipped : why the row, or its peer, is not measured; a sentence.
    """

    name: str
    ours: Piece | None = None
    peer: Piece | None = None
    peer_name: str = ""
    published: float | None = None
    needs: str = ""
    tolerance: float | None = 1e-6
    skipped: str = ""


@dataclass(frozen=True)
class Line:
    """A row with what was measured."""

    row: Row
    ours: Measurement | None
    peer: Measurement | None

    def ratio(self, figure: str) -> float | None:
        """How many times as much the peer took."""
        ours, theirs = getattr(self.ours, figure, None), getattr(self.peer, figure, None)
        return theirs / ours if ours and theirs else None

    @property
    def agree(self) -> bool | None:
        """Whether both found the same objective; None where that is not asked."""
        values = [one and one.facts.get("objective") for one in (self.ours, self.peer)]
        if self.row.tolerance is None or None in values:
            return None
        return bool(abs(values[0] - values[1]) <= self.row.tolerance * max(map(abs, values)))

    def as_json(self) -> dict[str, Any]:
        """Return everything known about the row."""
        measured = {
            name: one and {key: value for key, value in vars(one).items() if value != ""}
            for name, one in (("ours", self.ours), ("peer", self.peer))
        }
        return {
            "row": self.row.name,
            "peer_name": self.row.peer_name,
            **measured,
            "ratio_wall": self.ratio("wall_s"),
            "ratio_cpu": self.ratio("cpu_s"),
            "ratio_memory": self.ratio("peak_mb"),
            "same_objective": self.agree,
            "skipped": self.row.skipped,
        }


HEADER = (
    "row", "ours s", "(CPU)", "peer", "peer s", "(CPU)", "x", "x CPU",
    "ours MB", "peer MB", "outcome", "peer's", "objective", "same",
)  # fmt: skip


def table(lines: Sequence[Line]) -> str:
    """Return the lines as a Markdown table that is aligned, so that it reads well as it is."""
    cells = [HEADER, *(_cells(line) for line in lines)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEADER))]
    left = {0, 3, 10, 11, 12, 13}

    def written(row: Sequence[str]) -> str:
        padded = [
            cell.ljust(width) if column in left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        return f"| {' | '.join(padded)} |"

    rule = [
        "-" * width if column in left else "-" * (width - 1) + ":"
        for column, width in enumerate(widths)
    ]
    return "\n".join([written(HEADER), f"| {' | '.join(rule)} |", *map(written, cells[1:])])


def _cells(line: Line) -> tuple[str, ...]:
    ours, peer = line.ours or Measurement(), line.peer or Measurement()
    return (
        line.row.name,
        _seconds(ours.wall_s),
        _seconds(ours.cpu_s),
        line.row.peer_name,
        _seconds(peer.wall_s),
        _seconds(peer.cpu_s),
        _times(line.ratio("wall_s")),
        _times(line.ratio("cpu_s")),
        _whole(ours.peak_mb),
        _whole(peer.peak_mb),
        ours.failure or ours.facts.get("outcome", ""),
        peer.failure or peer.facts.get("outcome", ""),
        _objectives(line),
        "" if line.agree is None else "yes" if line.agree else "NO",
    )


def _objectives(line: Line) -> str:
    """Write ours, and the peer's where it differs or may do so."""
    found = [one.facts.get("objective") for one in (line.ours, line.peer) if one]
    written = [f"{value:.10g}" for value in found if value is not None]
    return written[0] if line.agree else " / ".join(written)


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _times(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _whole(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"
