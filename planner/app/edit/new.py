"""A new scenario file: a copy, an empty plan, a request, or a file that the reader has."""

from __future__ import annotations

import streamlit as st

from planner.app.edit.reading import instance_of, read_draft, spelling_of
from planner.app.edit.save import Open, refusal, save_new
from planner.app.shell import library, widgets
from planner.app.shell.links import link_to
from planner.model.weights import Weights
from planner.present.words.faults import fault_words
from planner.present.words.text import day, text
from planner.scenario.edit import with_groups, with_request, with_values
from planner.scenario.store import StoreError, read_stored
from planner.scenario.vocabulary import Propose
from planner.today import today
from planner.yamlfile.parse import MOST_CHARACTERS
from planner.yamlfile.rewrite import RewriteError
from planner.yamlfile.text_file import ENDINGS, decoded
from planner.yamlfile.tree import TextFault

WAYS = ("copy", "own_offices", "request", "upload")
FIRST_REQUEST = Propose(weights=Weights(travel=1.0, office=1.0))


def show_new(entry: library.Entry, open_file: Open) -> None:
    """Let the reader make a new scenario file in the folder of another.

    Parameters
    ----------
    entry : what a copy or an empty plan takes region, date, figures and baseline from.
    open_file : called with the new file.
    """
    with st.expander(text("edit.new")):
        link_to("region", text("edit.other_region"))
        way = st.radio(text("edit.new_way"), WAYS, format_func=lambda one: text(f"edit.way.{one}"))
        if way == "upload":
            words = _uploaded(entry)
        else:
            widgets.note(text("edit.new_from_chosen"))
            words = ""
        with st.form("edit-new", border=False):
            name = st.text_input(text("edit.file_name"), help=text("edit.file_name_help"))
            made = st.form_submit_button(text("edit.make"), disabled=words is None)
        if made and words is not None:
            _make(entry, way, name.strip(), words, open_file)


def _make(entry: library.Entry, way: str, name: str, words: str, open_file: Open) -> None:
    try:
        path = save_new(entry.region, name, words or _written(entry, way))
    except StoreError as error:
        st.error(refusal(error))
    except RewriteError:
        st.error(text("edit.new_needs_sound"))
    else:
        open_file(path)


def _written(entry: library.Entry, way: str) -> str:
    """Write a new scenario in the circumstances of another.

    Raises
    ------
    RewriteError : the other one has faults.
    """
    stored = read_stored(entry.path)
    if stored is None:
        raise RewriteError
    scenario = read_draft(stored.text, entry.path).scenario
    if scenario is None:
        raise RewriteError
    title = text(f"edit.title_of.{way}", title=scenario.title)[:300]
    if way == "copy":
        return with_values(stored.text, {("title",): title})
    told = text("edit.made_from", day=day(today()), title=scenario.title)
    baseline = entry.path.name if scenario.draws_today else ""
    if way == "request":
        return with_request(
            stored.text, FIRST_REQUEST, title=title, description=told, baseline=baseline
        )
    names = map(spelling_of(scenario).name, instance_of(scenario).codes)
    groups: dict[str, list[str]] = {name: [] for name in names}
    return with_groups(stored.text, groups, title=title, description=told, baseline=baseline)


def _uploaded(entry: library.Entry) -> str | None:
    """Return the text of a file that the reader has chosen; None until it can be taken."""
    file = st.file_uploader(text("edit.upload"), help=text("edit.upload_help"))
    if file is None:
        return None
    problem, words = _checked(file.name, file.getvalue())
    if problem:
        st.error(problem)
        return None
    faults = read_draft(words, entry.path).faults
    if not faults:
        st.success(text("edit.upload_sound"))
        return words
    st.code("\n".join(map(fault_words, faults)), language=None, wrap_lines=True)
    return words if st.checkbox(text("edit.upload_faulty", number=len(faults))) else None


def _checked(name: str, raw: bytes) -> tuple[str, str]:
    """Return why bytes are no scenario file, or else the text; nothing is ever unpacked."""
    if len(raw) > MOST_CHARACTERS:
        return text("edit.upload_large"), ""
    if not name.lower().endswith(ENDINGS) or raw.startswith(b"PK") or b"\0" in raw[:1000]:
        return text("edit.upload_type"), ""
    words = decoded(raw)
    if isinstance(words, TextFault):
        return text("edit.upload_letters"), ""
    if not words.strip():
        return text("edit.upload_empty"), ""
    return "", words.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
