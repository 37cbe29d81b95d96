"""Start the app's server: `python -m planner.app.serve PORT`.

It gets ready for its first reader before it answers, since importing the libraries and reading
the data takes longer than anything that a reader asks for later.
"""

from __future__ import annotations

import logging
import sys
from importlib import import_module
from pathlib import Path

from streamlit.web import cli

SCRIPT = Path(__file__).with_name("start") / "streamlit_app.py"


def main(port: str) -> None:
    """Serve the app on a port until it is stopped."""
    try:
        _get_ready()
    except Exception:  # the first reader is told in a sentence; the others may be served
        logging.getLogger(__name__).exception("getting ready failed")
    cli.main(["run", str(SCRIPT), "--server.port", port])


def _get_ready() -> None:
    """Import the first page, run the drawn plans that it shows, and simplify its ground."""
    import_module("planner.app.pages.overview")
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
        if not isinstance(result, str):
            _ = region_ground(settings.bundle(), tuple(result.instance.codes)).identifier


if __name__ == "__main__":
    main(sys.argv[1])
