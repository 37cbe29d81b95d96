"""Start the app's server: `python -m planner.app.serve PORT`.

The server gets ready for its first reader while nobody is there yet, since importing the
libraries and reading the data takes longer than anything that a reader asks for later.
"""

from __future__ import annotations

import logging
import sys
import time
from importlib import import_module
from pathlib import Path
from threading import Thread

from streamlit import runtime
from streamlit.web import cli

SCRIPT = Path(__file__).resolve().parents[2] / "streamlit_app.py"
LOOK_AGAIN_S = 0.05


def main(port: str) -> None:
    """Serve the app on a port until it is stopped."""
    Thread(target=_get_ready, daemon=True).start()
    cli.main(["run", str(SCRIPT), "--server.port", port])


def _get_ready() -> None:
    """Import what the first page needs and run its scenarios, as soon as the server is up."""
    while not runtime.exists():
        time.sleep(LOOK_AGAIN_S)
    try:
        import_module("planner.app.overview_page")
        library = import_module("planner.app.library")
        if offered := library.regions():
            library.prepare(library.first_region(offered))
    except Exception:  # the first reader is told in a sentence; the server goes on
        logging.getLogger(__name__).exception("getting ready failed")


if __name__ == "__main__":
    main(sys.argv[1])
