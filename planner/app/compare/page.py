"""Up to eight scenarios of one region, side by side, counted from one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

import streamlit as st

from planner.app.compare import figures, parts
from planner.app.shell import address, choosers, map_view, paper, widgets
from planner.app.shell.language import fragment
from planner.app.shell.library import Entry, entries, result_of
from planner.app.shell.links import link_to
from planner.app.shell.report_part import show_report_downloads
from planner.app.shell.small_map import small_map
from planner.errors import PlannerError
from planner.pipeline.result import Result
from planner.pipeline.run_scenario import network
from planner.present.rendering import style
from planner.present.result.comparison import network_title
from planner.present.result.overview import losses, plan_facts
from planner.present.site.regions import region_name
from planner.present.words.caveats import warnings_beside
from planner.present.words.text import text

MOST = 8
MAP_PX = 320  # of a map that moves
MAPS, CHOICES = "compare-maps", "compare-choices"
SMALL, LINKED = "small", "linked"
NO_NETWORK = "none"
STYLE = f"""
.stMainBlockContainer h1 {{ padding: 0 0 .4rem; font-size: 2rem; }}
.stMainBlockContainer h2 {{ padding: .4rem 0; font-size: 1.5rem; }}
.st-key-{CHOICES} > div {{ flex: 1 1 14rem; }}
.st-key-{MAPS} {{ display: grid; gap: 1rem;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 9rem), 1fr)); }}
.st-key-{MAPS}:has(svg.canvas) {{
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr)); }}
.st-key-{MAPS} > div {{ width: 100% !important; }}
.st-key-{MAPS} h3 {{ font-size: 1.05rem; overflow-wrap: anywhere; }}
.st-key-{MAPS} strong {{ font-weight: 600; font-size: .9rem; }}
.st-key-{MAPS} a {{ padding-inline: 0; text-decoration: underline; }}
.st-key-{MAPS} a * {{ white-space: normal; overflow-wrap: anywhere; }}
.st-key-{MAPS} img {{ display: block; width: 100%; max-width: 22rem; height: auto;
  border-radius: .3rem; }}
.scroll {{ overflow-x: auto; }}
.compared, .winners {{ font-size: .92rem; }}
.compared td, .winners td {{ min-width: 8rem; overflow-wrap: anywhere; }}
.winners a {{ color: inherit; }}
.compared .basis {{ font-size: .86em; }}
.paper-only {{ display: none; }}
@media screen and (min-width: 641px) {{
  .stack tbody th[scope="row"] {{ position: sticky; left: 0; max-width: 17rem;
    background: light-dark(#ffffff, #14181d); }}
  .compared tbody th[scope="row"] {{ min-width: 13rem; }}
}}
@media print {{
  h1, h2, h3 {{ break-after: avoid; padding: 0 !important; font-size: 13pt !important; }}
  .st-key-{MAPS} {{ grid-template-columns: repeat(4, 1fr); }}
  .st-key-{MAPS} > div, .stack tr {{ break-inside: avoid; }}
  .compared, .winners {{ font-size: 8pt; }}
  .compared td, .winners td {{ min-width: 0; }}
  .paper-only {{ display: block; }}
  .paper-only img {{ max-height: 120mm; width: auto; }}
  .st-key-compare-difference, .stPageLink, .stPopover, .stButtonGroup, .st-key-ranges,
  [data-testid="stExpander"]:not(:has([open])) {{ display: none !important; }}
}}
"""


def show() -> None:
    """Show the page."""
    st.html(f"<style>{style('stack.css')}{STYLE}</style>")
    st.title(text("page.compare"), anchor=False)
    choices = st.container(horizontal=True, vertical_alignment="bottom", key=CHOICES)
    with choices:
        region = choosers.choose_region()
    chosen = _choose(region, entries(region))
    results = _results(chosen)
    with choices:
        base = _choose_base(results)
        side_by_side = [*results.values(), *_chosen_network(results)]
    if len(side_by_side) < 2:  # noqa: PLR2004 - one plan has nothing beside it
        st.info(text("compare.too_few"))
        return
    for warning in warnings_beside(side_by_side):
        st.warning(warning)
    names = list(results)
    with st.container(horizontal=True, vertical_alignment="center"):
        label = text("compare.to_slides")
        link_to("slides", label, region=region, scenarios=address.SEPARATOR.join(names))
        show_report_downloads(side_by_side, key="compare-report")
    _show_plans(region, results, side_by_side)
    for part in (figures.show_figures, *parts.PARTS):
        fragment(part)(region, side_by_side, names.index(base))
    paper.describe_sheets(
        f"{text('page.compare')}: {region_name(region)}",
        size="A4 landscape",
        region=region,
        base=base,
        scenarios=address.SEPARATOR.join(names),
    )


def _choose(region: str, offered: Sequence[Entry]) -> list[Entry]:
    """Let the reader choose up to eight scenarios; at first those that are drawn by people."""
    by_name = {entry.name: entry for entry in offered}
    names = list(by_name)
    drawn = [entry.name for entry in offered if not entry.is_proposal]
    usual = drawn if len(drawn) > 1 else names
    chosen = st.multiselect(
        text("compare.choose", most=MOST),
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


def _choose_base(results: Mapping[str, Result]) -> str:
    """Let the reader name the scenario that all others are counted from."""
    if not results:
        return ""
    names = list(results)
    base = st.selectbox(
        text("compare.base"),
        names,
        index=names.index(address.chosen("base", names, _usual_base(results))),
        format_func=lambda name: results[name].scenario.title,
    )
    address.remember(base=base)
    return base


def _usual_base(results: Mapping[str, Result]) -> str:
    """Return the scenario that most of the others have as their own baseline; else the first."""
    files = {one.scenario.path: name for name, one in results.items()}
    scenarios = [one.scenario for one in results.values()]
    baselines = Counter(one.path.parent / one.baseline for one in scenarios if one.path)
    found = (files[path] for path, _ in baselines.most_common() if path in files)
    return next(found, next(iter(results)))


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


def _show_plans(region: str, results: dict[str, Result], side_by_side: Sequence[Result]) -> None:
    """Show every plan as a small map with what it takes away, or on maps that move together."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(text("compare.plans"), anchor=False, width="content")
        kind = st.segmented_control(
            text("compare.maps"),
            [SMALL, LINKED],
            default=address.chosen("maps", [SMALL, LINKED], SMALL),
            format_func=lambda one: text(f"compare.maps_{one}"),
            required=True,
            label_visibility="collapsed",
        )
    address.remember(maps=str(kind))
    names = [*results, *([""] * (len(side_by_side) - len(results)))]
    with st.container(key=MAPS):
        for place, (name, result) in enumerate(zip(names, side_by_side, strict=True), start=1):
            with st.container(key=f"compare-plan-{place}"):
                _show_plan(region, name, place, result, moves=kind == LINKED)


def _show_plan(region: str, name: str, place: int, result: Result, *, moves: bool) -> None:
    title = f"{place} {result.scenario.title}"
    st.subheader(widgets.plain(title), anchor=False)
    if moves:
        map_view.show_plan(
            region, result, key=f"compare-map-{place}", height_px=MAP_PX, link="compare"
        )
    else:
        st.html(small_map(result))
    for loss in losses(result):
        st.markdown(f":red[**{widgets.plain(loss)}**]")
    facts = plan_facts(result, widgets.baseline_title(result))
    st.caption(widgets.plain(" · ".join(facts)))
    widgets.show_warnings_folded(result)
    if name:
        label = text("start.open", title=widgets.plain(result.scenario.title))
        link_to("scenario", label, region=region, scenario=name)
