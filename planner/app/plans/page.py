"""All plans of a small region, or the front of a large one, with one plan picked among them."""

from __future__ import annotations

from collections.abc import Hashable

import streamlit as st

from planner.app.plans.view import show_points
from planner.app.proposal.base import Base, base_of
from planner.app.shell import address, choosers, settings, waiting
from planner.app.shell.language import fragment
from planner.app.shell.library import stamp
from planner.app.shell.solving import Job
from planner.app.shell.widgets import note, plain
from planner.assess.plans.space import MODELLED, Assessor
from planner.optimise.all_plans.enumerate import MOST_MUNICIPALITIES
from planner.optimise.solver.outcome import ProgressCallback, stopped_after
from planner.pipeline.plans import find_front, list_plans, models_beside
from planner.present.plans.points import PlanPoints, front_points, heading, list_points
from planner.present.words.text import text
from planner.scenario.load import load_scenario

#: A front that takes longer is shown as far as it is known by then.
MOST_FRONT_S = 600.0
FRONT_AXES = ("structure.offices", "access.mean_min")


def show() -> None:
    """Show the page."""
    st.title(text("page.plans"))
    with st.container(horizontal=True, vertical_alignment="bottom", key="choosers"):
        region = choosers.choose_region()
        entry = choosers.choose_scenario(
            text("plan_space.start"),
            region,
            lambda offered: offered[0],
            help=text("plan_space.start_help"),
            key="plans-start",
        )
    if entry is None:
        return
    contiguous = _choose_contiguous()
    with st.spinner(text("app.working")):
        base = base_of(entry)
    count = len(base.instance.codes)
    if count <= MOST_MUNICIPALITIES:
        st.markdown(plain(text("plan_space.intro_every", count=count)))
        _show_all(base, stamp(entry), contiguous=contiguous)
    else:
        st.markdown(plain(text("plan_space.intro_front")))
        _show_front(base, contiguous=contiguous)


def _choose_contiguous() -> bool:
    asked = address.chosen("contiguous", ("0", "1"), "1") == "1"
    contiguous = st.checkbox(text("plan_space.contiguous"), asked, key="plans-contiguous")
    address.remember(contiguous="1" if contiguous else "0")
    return contiguous


def _show_all(base: Base, stamped: Hashable, *, contiguous: bool) -> None:
    """Show every plan of a small region; they are listed once, and looked at in any figures.

    Parameters
    ----------
    base : gives the region.
    stamped : names the state of the files beside it as well, since their plans are shown.
    contiguous : leave out groups that do not hang together.
    """
    path, data = base.path, settings.bundle()

    def work(hear: ProgressCallback) -> PlanPoints:
        scenario = load_scenario(path, data)
        models = models_beside(scenario, data)
        return list_points(
            list_plans(scenario, models, contiguous=contiguous, bundle=data, progress=hear)
        )

    key = (stamped, "list", contiguous)
    job = waiting.ask(key, work)
    if job.state != "done":
        waiting.follow(job, "plans", _words)
        return
    points: PlanPoints | None = job.result()
    if points is not None:
        fragment(show_points)(base, points, points.judged())


def _show_front(base: Base, *, contiguous: bool) -> None:
    """Show the front of a large region in two figures; it is searched when the reader asks."""
    axes = _choose_axes(base)
    if axes[0] == axes[1]:
        st.warning(text("plan_space.same_axes"))
        return

    path, data = base.path, settings.bundle()

    def work(hear: ProgressCallback) -> PlanPoints:
        scenario = load_scenario(path, data)
        models, by = models_beside(scenario, data), [f"{axis}:less" for axis in axes]
        ending = stopped_after(MOST_FRONT_S, hear)
        found = find_front(
            scenario, models, by=by, contiguous=contiguous, bundle=data, progress=ending
        )
        return front_points(found)

    key = (base.stamp, "front", axes, contiguous)
    job = waiting.known(key)
    if job is None or (job.state == "done" and not job.complete):
        label = text("plan_space.find" if job is None else "plan_space.find_again")
        if st.button(label, type="primary", key="plans-find"):
            waiting.ask(key, work)
            st.rerun()
        note(text("plan_space.find_note"))
    points = waiting.answer(key, "plans", _words, keeps=True)
    if points is None:
        return
    told = "complete" if points.complete else "incomplete"
    (st.success if points.complete else st.warning)(plain(text(f"plan_space.{told}")))
    if not points.front:
        st.info(plain(text("plan_space.nothing")))
    fragment(show_points)(base, points, list(axes))


def _choose_axes(base: Base) -> tuple[str, str]:
    """Let the reader choose two of the figures that the solver can minimise."""
    known = Assessor(base.instance, MODELLED).indicators(base.instance.baseline)
    axes = []
    for column, name, default in zip(st.columns(2), ("x", "y"), FRONT_AXES, strict=True):
        chosen = column.selectbox(
            text(f"plan_space.axis.{name}"),
            list(known),
            index=list(known).index(address.chosen(name, list(known), default)),
            format_func=lambda key: heading(key, known[key].unit),
            key=f"plans-front-{name}",
        )
        address.remember(**{name: chosen})
        axes.append(chosen)
    return axes[0], axes[1]


def _words(job: Job) -> str:
    return text("plan_space.running", elapsed=waiting.elapsed(job))
