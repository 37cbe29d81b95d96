"""Giving municipalities to hosts on the map; what is done here is written into the text."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd
import streamlit as st

from planner.app.edit.draft import Draft, Event
from planner.app.edit.reading import spelling_of
from planner.app.shell import address, widgets
from planner.app.shell.map_view import show_drawing
from planner.model.plan import Plan
from planner.model.reassign import changed, joined, moved_host, own_offices
from planner.pipeline.result import Result, derivation
from planner.present.editor.words import moves, office_rows
from planner.present.maps.drawing import plan_drawing
from planner.present.words.text import enumeration, text
from planner.scenario.edit import DrawnOffices, as_drawn, with_offices
from planner.yamlfile.rewrite import RewriteError

MAP_HEIGHT_PX = 440
LOCKED = "locked"  # in the address: a shared link shows the same locks
SELECTION, HOST, DAYS = "edit-selection", "edit-host", "edit-days-left"


def show_assignment(draft: Draft, result: Result, *, faulty: bool = False) -> None:
    """Show the map of a plan and let the reader move municipalities between offices.

    Parameters
    ----------
    draft : takes the changed text.
    result : the plan that the draft's text draws, or that its request was answered with.
    faulty : the text has faults by now; the map stays, and nothing can be moved.
    """
    plan = result.plan
    if plan is None:
        return
    names = result.instance.names
    locked = address.chosen_many(LOCKED, result.instance.codes, ())
    draft.selected = tuple(code for code in draft.selected if code in names)
    drawn = result.scenario.propose is None
    picked = show_drawing(
        plan_drawing(result.instance, plan, locked),
        key="edit-map",
        height_px=MAP_HEIGHT_PX,
        pick="many" if drawn else "none",
        selected=draft.selected,
    )
    if picked is not None:
        draft.selected = picked
    if faulty:
        st.info(text("edit.mend_first"))
    elif drawn:
        _show_actions(draft, result, plan, locked)
    else:
        _offer_drawing(draft, result, plan)
    with st.expander(text("edit.offices")):
        rows = office_rows(result.instance, plan)
        headings = [text(f"table.{name}") for name in ("host", "members", "fte", "population")]
        st.dataframe(pd.DataFrame(rows, columns=headings), hide_index=True)


def write_plan(
    draft: Draft, result: Result, after: Plan, *, locked: Collection[str], chosen: Collection[str]
) -> None:
    """Write another plan into the text of a draft, unless it moves what is locked.

    Parameters
    ----------
    draft : takes the text, and what is to be said about it.
    result : the plan that its text draws now.
    after : the plan that it is to draw.
    locked : municipalities that must keep their host.
    chosen : those whom the reader meant; others may have to follow them.
    """
    before, instance = result.plan, result.instance
    if before is None:
        return
    held = sorted(instance.names[code] for code in changed(before, after).intersection(locked))
    if held:
        draft.event = Event(lambda: text("edit.held", names=enumeration(held)), refused=True)
        return
    spelling = spelling_of(result.scenario)
    try:
        words = with_offices(draft.text, drawn_offices(before), drawn_offices(after), spelling)
    except RewriteError:
        draft.event = Event(lambda: text("edit.unwritable"), refused=True)
    else:
        draft.change(words, Event(lambda: moves(instance, before, after, chosen)))


def drawn_offices(plan: Plan) -> DrawnOffices:
    """Return what of a plan a file's groups hold."""
    return DrawnOffices(plan.host_of, plan.locations)


def _show_actions(draft: Draft, result: Result, plan: Plan, locked: list[str]) -> None:
    names = result.instance.names
    st.session_state[SELECTION] = list(draft.selected)
    st.multiselect(
        text("edit.selected"),
        result.instance.codes,
        format_func=lambda code: names[code],
        key=SELECTION,
        on_change=lambda: setattr(draft, "selected", tuple(st.session_state[SELECTION])),
        placeholder=text("edit.select_help"),
    )
    chosen = draft.selected

    def act(after: Plan) -> None:
        draft.selected = ()
        write_plan(draft, result, after, locked=locked, chosen=chosen)

    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        host = st.selectbox(
            text("edit.new_host"),
            [*plan.hosts, *(code for code in plan.municipalities if code not in plan.hosts)],
            format_func=lambda code: _host_label(code, plan, names),
            index=None,
            key=HOST,
            placeholder=text("edit.new_host_help"),
        )
    with right:
        days = st.number_input(
            text("edit.days_left"),
            0.0,
            5.0,
            0.0,
            0.5,
            format="%g",
            key=DAYS,
            help=text("edit.days_left_help"),
        )
    with st.container(horizontal=True):
        give = text("edit.give_to", host=names[host]) if host else text("edit.give")
        st.button(
            widgets.plain(give),
            type="primary",
            disabled=not chosen or host is None,
            on_click=lambda: act(joined(plan, chosen, str(host), days_left=days)),
            key="edit-give",
        )
        st.button(
            text("edit.own_office"),
            disabled=not chosen,
            on_click=lambda: act(own_offices(plan, chosen)),
        )
        st.button(
            text("edit.host_here"),
            disabled=len(chosen) != 1 or chosen[0] in plan.hosts,
            help=text("edit.host_here_help"),
            on_click=lambda: act(moved_host(plan, chosen[0], days_left=days)),
        )
        all_locked = bool(chosen) and set(chosen) <= set(locked)
        st.button(
            text("edit.unlock") if all_locked else text("edit.lock"),
            disabled=not chosen,
            help=text("edit.lock_help"),
            on_click=_lock,
            args=(locked, chosen, not all_locked),
        )
    if locked:
        listed = enumeration([names[code] for code in locked])
        widgets.note(text("edit.locked", names=listed))


def _lock(locked: list[str], chosen: tuple[str, ...], lock: bool) -> None:
    kept = [code for code in locked if code not in chosen]
    if lock or kept:
        address.remember(**{LOCKED: sorted([*kept, *chosen] if lock else kept)})
    else:
        address.forget(LOCKED)


def _host_label(code: str, plan: Plan, names: dict[str, str]) -> str:
    return text("edit.is_host", name=names[code]) if code in plan.hosts else names[code]


def _offer_drawing(draft: Draft, result: Result, plan: Plan) -> None:
    """Say that a request has no groups to move, and offer to draw its answer."""
    st.info(text("edit.request_on_map"))
    spelling = spelling_of(result.scenario)
    asked, proposal = result.scenario.propose, result.proposal
    derived = derivation(asked, proposal) if asked and proposal else None

    def draw() -> None:
        try:
            words = as_drawn(draft.text, drawn_offices(plan), spelling, derived)
        except RewriteError:
            draft.event = Event(lambda: text("edit.unwritable"), refused=True)
        else:
            draft.change(words, Event(lambda: text("edit.drawn")))

    st.button(text("edit.draw"), type="primary", on_click=draw)
