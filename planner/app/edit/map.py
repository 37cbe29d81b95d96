"""Painting offices on the map; what is done here is written into the text."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from planner.app.edit.draft import Draft, Event
from planner.app.edit.reading import spelling_of
from planner.app.shell import address, widgets
from planner.app.shell.map_view import show_drawing
from planner.model.plan import Plan
from planner.model.reassign import changed, joined, moved_host, own_offices
from planner.pipeline.result import Result, derivation
from planner.present.editor.offices import office_rows
from planner.present.editor.words import moves
from planner.present.maps.drawing import plan_drawing
from planner.present.rendering import render
from planner.present.words.text import enumeration, text
from planner.scenario.edit import DrawnOffices, as_drawn, with_offices
from planner.yamlfile.rewrite import RewriteError

MAP_HEIGHT_PX, DAYS_PX = 520, 150
LOCKED = "locked"  # in the address: a shared link shows the same locks
BRUSH, FOUND, DAYS = "edit-brush", "edit-found", "edit-days-left"
#: What a stroke does, unless it gives all to a host: extend the office where it begins, ...
EXTEND, OWN, HOST, LOCK = ACTS = ("", "own", "host", "lock")
OFFICES_STYLE = """
<style>
.offices { overflow-x: auto; }
.offices table { border-collapse: collapse; font-size: .92rem; width: 100%; }
.offices :is(th, td) { padding: .3rem .6rem .3rem 0; text-align: left; vertical-align: top;
  border-bottom: 1px solid color-mix(in srgb, currentColor 22%, transparent); }
.offices small { display: block; font-weight: normal; }
.offices .apart { display: block; color: #b3261e; }
.offices .swatch { display: inline-block; width: .9rem; height: .9rem; border-radius: .2rem;
  border: 1px solid currentColor; vertical-align: -.1rem; }
</style>
"""


def show_assignment(draft: Draft, result: Result, *, faulty: bool = False) -> None:
    """Show the map of a plan, on which the reader paints, and beside it what becomes of it.

    Parameters
    ----------
    draft : takes the changed text.
    result : the plan that the draft's text draws, or that its request was answered with.
    faulty : the text has faults by now; the map stays, and nothing can be painted.
    """
    plan = result.plan
    if plan is None:
        return
    locked = address.chosen_many(LOCKED, result.instance.codes, ())
    paints = result.scenario.propose is None and not faulty
    left, right = st.columns([6, 5], gap="medium")
    with right:
        found = _show_tools(draft, result, plan, locked) if paints else ""
        if faulty:
            st.info(text("edit.mend_first"))
        elif not paints:
            _offer_drawing(draft, result, plan)
        st.html(OFFICES_STYLE + render("offices.html", rows=office_rows(result.instance, plan)))
    with left:
        stroke = show_drawing(
            plan_drawing(result.instance, plan, locked),
            key="edit-map",
            height_px=MAP_HEIGHT_PX,
            pick="paint" if paints else "none",
            selected=[found] if found else [],
            brush=st.session_state.get(BRUSH, EXTEND),
        )
    if stroke and paints:
        _paint(draft, result, stroke, locked)
        st.rerun()


def show_event(draft: Draft) -> None:
    """Say what happened last, and let the reader step back, where the reader looks."""
    event = draft.event
    if event is not None:
        (st.warning if event.refused else st.markdown)(widgets.plain(event.say()))
    with st.container(horizontal=True):
        for steps, possible in ((-1, draft.history.can_undo), (1, draft.history.can_redo)):
            label = text("edit.undo") if steps < 0 else text("edit.redo")
            st.button(label, on_click=draft.step, args=(steps,), disabled=not possible)


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


def _show_tools(draft: Draft, result: Result, plan: Plan, locked: list[str]) -> str:
    """Show the brush, what the last stroke did, and a field that finds a municipality.

    Returns
    -------
    The municipality that was found; empty for none.
    """
    names = result.instance.names
    acts = {act: text(f"edit.brush.{act or 'extend'}") for act in ACTS}
    labels = acts | {host: text("edit.give_to", host=names[host]) for host in plan.hosts}
    others = [code for code in plan.municipalities if code not in plan.hosts]
    labels |= {code: text("edit.new_office", host=names[code]) for code in others}
    if st.session_state.get(BRUSH, EXTEND) not in labels:
        st.session_state[BRUSH] = EXTEND
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            text("edit.brush_label"),
            list(labels),
            format_func=lambda one: labels[one],
            key=BRUSH,
            help=text("edit.brush_help"),
        )
        label, told = text("edit.days_left"), text("edit.days_left_help")
        st.number_input(label, 0.0, 5.0, 0.0, 0.5, format="%g", key=DAYS, help=told, width=DAYS_PX)
    show_event(draft)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        found: str | None = st.selectbox(
            text("edit.find"),
            result.instance.codes,
            format_func=lambda code: names[code],
            index=None,
            key=FOUND,
            placeholder=text("edit.find_help"),
        )
        st.button(
            text("edit.paint"),
            disabled=found is None,
            on_click=lambda: _paint(draft, result, (str(found),), locked),
        )
    if locked:
        widgets.note(text("edit.locked", names=enumeration([names[code] for code in locked])))
    return found or ""


def _paint(draft: Draft, result: Result, stroke: tuple[str, ...], locked: list[str]) -> None:
    """Do what the brush does with those whom a stroke has touched, in its order."""
    plan, brush = result.plan, st.session_state.get(BRUSH, EXTEND)
    if plan is None:
        return
    if brush == LOCK:
        _lock(locked, stroke, not set(stroke) <= set(locked))
        return
    days = float(st.session_state.get(DAYS, 0.0))
    host = plan.host_of[stroke[0]] if brush == EXTEND else brush
    if brush == OWN:
        after = own_offices(plan, stroke)
    elif brush == HOST:
        after = moved_host(plan, stroke[-1], days_left=days)
    else:
        after = joined(plan, [code for code in stroke if plan.host_of[code] != host], host,
                       days_left=days)  # fmt: skip
    if not changed(plan, after):
        alone = brush == EXTEND and len(stroke) == 1
        told = "edit.extend_alone" if alone else "edit.nothing_moved"
        draft.event = Event(lambda: text(told), refused=alone)
        return
    write_plan(draft, result, after, locked=locked, chosen=stroke)


def _lock(locked: list[str], chosen: tuple[str, ...], lock: bool) -> None:
    kept = [code for code in locked if code not in chosen]
    if lock or kept:
        address.remember(**{LOCKED: sorted([*kept, *chosen] if lock else kept)})
    else:
        address.forget(LOCKED)


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
