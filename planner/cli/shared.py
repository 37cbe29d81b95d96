"""What all commands share: exit codes, scenario files, and JSON on standard output."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.shipped import SCENARIOS

if TYPE_CHECKING:
    from planner.pool import Pool

FAULTY, NO_PLAN, INTERRUPTED = 2, 3, 130


def scenario_file(written: str) -> Path:
    """Return the file that is meant: one of the caller's, or a shipped one as `scenarios` lists."""
    shipped = SCENARIOS / f"{written}.yaml"
    return shipped if shipped.is_file() and not Path(written).exists() else Path(written)


def print_json(document: dict[str, Any]) -> None:
    """Print one object; the same object gives the same bytes."""
    print(json.dumps(document, ensure_ascii=False, indent=2, sort_keys=False, allow_nan=False))


def add_pool(parser: argparse.ArgumentParser) -> None:
    """Add the options that say where many tasks are done; `pool_of` reads them."""
    parser.add_argument(
        "--workers", type=_count, metavar="N", help="processes of this machine that share the work"
    )
    parser.add_argument("--scheduler", default="", metavar="ADDRESS", help="of a Dask cluster")


def pool_of(options: argparse.Namespace, *, usual: int = 1) -> Pool:
    """Return the pool that the options ask for, with so many workers where they ask for none."""
    from planner.pool import Pool

    return Pool(options.workers or usual, options.scheduler)


def add_publisher(parser: argparse.ArgumentParser) -> None:
    """Add the options that say who stands behind what is published."""
    parser.add_argument("--contact", type=_mail, help="address of mail, on each page")
    parser.add_argument(
        "--accessibility",
        type=_web,
        metavar="ADDRESS",
        help="of the accessibility statement that a public body must have; a link on each page",
    )


def _mail(written: str) -> str:
    if not re.fullmatch(r"[^\s@:<>\"]+@[^\s@:<>\"]+\.[a-zA-Z]+", written):
        raise argparse.ArgumentTypeError(f"got {written!r}. An address of mail is expected.")
    return written


def _web(written: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"]+", written):
        raise argparse.ArgumentTypeError(f"got {written!r}. An address, https://..., is expected.")
    return written


def _count(written: str) -> int:
    if not written.isdecimal() or int(written) < 1:
        raise argparse.ArgumentTypeError(f"got {written!r}. A whole number from 1 is expected.")
    return int(written)
