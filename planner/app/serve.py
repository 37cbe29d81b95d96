"""Start the app's server, behind its gate.

It listens at once. The libraries are imported, and the scenarios of the first page are run, in the
background: however long that takes, it keeps nobody waiting for another page.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from threading import Thread

import streamlit as st
from starlette.middleware import Middleware

from planner.app.gate import Gate
from planner.app.shell.rights import read_only
from planner.errors import PlannerError

SCRIPT = Path(__file__).with_name("start") / "streamlit_app.py"
EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104 - compared with, not listened on


def main(port: int, host: str, names: Sequence[str] = ()) -> None:
    """Serve the app until it is stopped.

    Parameters
    ----------
    port, host : where it listens.
    names : by which readers ask for it, beside any address and this machine's own name.
    """
    Thread(target=_get_ready, daemon=True).start()
    known = [*names, *(() if host in EVERY_ADDRESS else (host,))]
    gate = Middleware(Gate, known, takes_files=not read_only())
    sys.argv = [str(SCRIPT)]  # its settings lie beside it
    options = {"server.port": port, "server.address": host}
    st.App(SCRIPT, middleware=[gate]).run(config=options)


def _get_ready() -> None:
    """Run the drawn plans that the first page shows, and simplify their ground."""
    try:
        _run_first_region()
    except Exception:  # the first reader is told in a sentence; the others may be served
        logging.getLogger(__name__).exception("getting ready failed")


def _run_first_region() -> None:
    for name in ("shell.router", "pages.overview"):  # in the order in which a reader's page does
        import_module(f"planner.app.{name}")
    library = import_module("planner.app.shell.library")
    settings = import_module("planner.app.shell.settings")
    region_ground = import_module("planner.present.maps.ground").region_ground
    offered = library.regions()
    if not offered:
        return
    for entry in library.entries(library.first_region(offered))[: library.MOST_SHOWN]:
        if entry.is_proposal:  # may take long; it is under way in the background
            continue
        result = library.result_of(entry)
        if not isinstance(result, PlannerError):
            _ = region_ground(settings.bundle(), tuple(result.instance.codes)).identifier
