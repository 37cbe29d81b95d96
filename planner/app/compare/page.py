"""Two to four scenarios of one region, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import streamlit as st

from planner.app.compare import parts as compare_parts
from planner.app.shell import address, choosers, map_view, widgets
from planner.app.shell.language import fragment
from planner.app.shell.library import Entry, entries, result_of
from planner.app.shell.links import link_to
from planner.app.shell.report_part import show_report_downloads
from planner.errors import PlannerError
from planner.pipeline.result import Result
from planner.pipeline.run_scenario import network
from planner.present.result.comparison import agreement_counts, network_title
from planner.present.result.overview import plan_facts
from planner.present.words.caveats import warnings_beside
from planner.present.words.text import text

MOST = 4
TALL_PX, SHORT_PX = 420, 300
MAPS = "compare-maps"
NO_NETWORK = "none"
STYLE = f"""
<style>
.st-key-{MAPS} {{ display: grid; gap: 1rem; grid-template-columns: repeat(2, minmax(0, 1fr)); }}
.st-key-{MAPS} > div {{ width: 100% !important; }}
.st-key-{MAPS} h3 {{ font-size: 1.1rem; overflow-wrap: anywhere; }}
.st-key-compare-winners td {{ min-width: 12rem; vertical-align: top; }}
@media (max-width: 640px) {{
  .st-key-{MAPS}:not(:has(> :nth-child(3))) {{ grid-template-columns: minmax(0, 1fr); }}
}}
@media (min-width: 1600px) {{
  .st-key-{MAPS} {{ grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); }}
}}
</style>
"""


def show() -> None:
    """Show the page."""
    st.html(STYLE)
    st.title(text("page.compare"))
    region = choosers.choose_region()
    chosen = _choose(region, entries(region))
    choices = st.container()
    st.header(text("compare.plans"))
    results = _results(chosen)
    with choices:
        side_by_side = [*results.values(), *_chosen_network(results)]
    if len(side_by_side) < 2:  # noqa: PLR2004 - one plan has nothing beside it
        st.info(text("compare.too_few"))
        return
    st.caption(text("compare.own_baselines"))
    for warning in warnings_beside(side_by_side):
        st.warning(warning)
    show_report_downloads(side_by_side, key="compare-report")
    _show_maps(region, results, side_by_side)
    for part in compare_parts.PARTS:
        fragment(part)(side_by_side)


def _choose(region: str, offered: Sequence[Entry]) -> list[Entry]:
    """Let the reader choose up to four scenarios; today's and the last drawn one at first."""
    by_name = {entry.name: entry for entry in offered}
    names = list(by_name)
    drawn = [entry.name for entry in offered if not entry.is_proposal] or names
    usual = list(dict.fromkeys([drawn[0], drawn[-1]]))
    chosen = st.multiselect(
        text("compare.choose"),
        names,
        default=address.chosen_many("scenarios", names, usual)[:MOST],
        format_func=lambda name: by_name[name].title,
        max_selections=MOST,
        placeholder=text("compare.placeholder"),
        key=f"compare-{region}",
    )
    address.remember(scenarios=chosen)
    return [by_name[name] for name in chosen]


def _results(chosen: Sequence[Entry]) -> dict[str, Result]:
    """Return the scenarios that can stand beside others, by name; show why the rest cannot."""
    with st.spinner(text("app.working")):
        answers = {entry: result_of(entry) for entry in chosen}
    results = {}
    for entry, answer in answers.items():
        if isinstance(answer, Result) and answer.plan is not None:
            results[entry.name] = answer
            continue
        st.subheader(widgets.plain(entry.title), anchor=False)
        if isinstance(answer, PlannerError):
            widgets.show_faults(answer)
        else:
            widgets.show_warnings(answer)
    return results


def _chosen_network(results: dict[str, Result]) -> list[Result]:
    """Let the reader set the network of one of the plans beside them, if there is room."""
    if not results or len(results) >= MOST:
        return []
    names = [NO_NETWORK, *results]
    titles = {name: one.scenario.title for name, one in results.items()}
    name = st.selectbox(
        text("compare.network"),
        names,
        index=names.index(address.chosen("network", names, NO_NETWORK)),
        format_func=lambda one: titles.get(one, text("compare.no_network")),
        help=text("compare.network_help"),
    )
    address.remember(network=name)
    found = _network(results[name], network_title(results[name])) if name in results else None
    return [found] if found else []


_network = lru_cache(maxsize=8)(network)


def _show_maps(region: str, results: dict[str, Result], side_by_side: Sequence[Result]) -> None:
    names = [*results, *([""] * (len(side_by_side) - len(results)))]
    height_px = TALL_PX if len(side_by_side) == 2 else SHORT_PX  # noqa: PLR2004
    with st.container(key=MAPS):
        for place, (name, result) in enumerate(zip(names, side_by_side, strict=True), start=1):
            with st.container(key=f"compare-plan-{place}"):
                _show_plan(region, name, place, result, height_px)


def _show_plan(region: str, name: str, place: int, result: Result, height_px: int) -> None:
    if result.plan is None:
        return
    st.subheader(widgets.plain(f"{place} {result.scenario.title}"), anchor=False)
    facts = plan_facts(result, widgets.baseline_title(result))
    st.caption(widgets.plain(" · ".join(facts)))
    map_view.show_plan(
        region, result, key=f"compare-map-{place}", height_px=height_px, link="compare"
    )
    widgets.show_warnings_folded(result)
    items, still_open = agreement_counts(result)
    if name:
        label = text("compare.open", title=widgets.plain(result.scenario.title))
        link_to("scenario", label, region=region, scenario=name)
    if items:
        st.caption(text("compare.agreement", count=items, open=still_open))
