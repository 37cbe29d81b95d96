"""Whatever goes wrong becomes a sentence: readers never see a traceback."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from planner.app.shell.widgets import show_faults
from planner.errors import PlannerError
from planner.present.words.text import text

Given = ParamSpec("Given")


def guarded(draw: Callable[Given, None]) -> Callable[Given, None]:
    """Guard what draws a page, or a part of it that is drawn anew by itself."""

    @wraps(draw)
    def guarded(*args: Given.args, **kwargs: Given.kwargs) -> None:
        try:
            draw(*args, **kwargs)
        except PlannerError as error:
            show_faults(error)
        except Exception:
            logging.getLogger(__name__).exception("the page failed")
            st.error(text("app.failed"))

    return guarded
