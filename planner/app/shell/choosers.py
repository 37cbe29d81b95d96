"""Boxes in which a reader chooses region, scenario and municipality.

What an address asks for and what is not there (any longer) is said, and what is nearest offered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from planner.app.shell import address
from planner.app.shell.library import (
    MOST_SHOWN,
    Entry,
    entries,
    first_region,
    regions,
    regions_with,
)
from planner.app.shell.links import link_to
from planner.app.shell.settings import bundle
from planner.app.shell.widgets import plain
from planner.errors import AmbiguousMunicipalityError, UnknownMunicipalityError
from planner.io.gazetteer import Gazetteer
from planner.present.site.regions import region_name
from planner.present.words.text import enumeration, text
from planner.spelling import nearest

MUNICIPALITY = "kommune"


def choose_region() -> str:
    """Let the reader choose a region, which is a folder of scenarios; end the page without any.

    An address that names no region, but a scenario or a municipality, means theirs.
    """
    offered = regions()
    if not offered:
        st.info(text("app.no_scenarios"))
        st.stop()
    asked = address.asked("region")
    start = _region_meant(offered) or _nearest(asked, offered) or first_region(offered)
    region = st.selectbox(
        text("app.region"), offered, index=offered.index(start), format_func=region_name
    )
    missing = bool(asked) and asked not in offered
    _say_if_gone("region", region, region_name(region), missing=missing)
    address.remember(region=region)
    return region


def choose_scenario(
    label: str,
    region: str,
    usual: Callable[[Sequence[Entry]], Entry],
    *,
    offered: Sequence[Entry] = (),
    help: str | None = None,  # noqa: A002 - as the box calls it
    key: str = "scenario",
) -> Entry | None:
    """Let the reader choose one of a region's scenarios; the address remembers it.

    Parameters
    ----------
    label : over the choice.
    region : whose scenarios are offered.
    usual : gives the one that is chosen at first.
    offered : what can be chosen; the region's files where it is left out.
    help : about the choice.
    key : of the box; two boxes of one session differ in it.
    """
    by_name = {entry.name: entry for entry in offered or entries(region)}
    if not by_name:
        st.info(text("app.no_scenarios"))
        return None
    names = list(by_name)
    asked = address.asked("scenario")
    start = address.chosen("scenario", names, "") or _nearest(asked, names)
    name = st.selectbox(
        label,
        names,
        index=names.index(start or usual(list(by_name.values())).name),
        format_func=lambda one: by_name[one].title,
        help=help,
        key=f"{key}-of-{region}",
    )
    missing = asked not in by_name and asked.partition("/")[0] == region
    _say_if_gone("scenario", name, by_name[name].title, missing=missing)
    address.remember(scenario=name)
    return by_name[name]


def last_drawn(offered: Sequence[Entry]) -> Entry:
    """Return the last plan drawn by people; the last of all where there is none."""
    return next((one for one in reversed(offered) if not one.is_proposal), offered[-1])


def first_request(offered: Sequence[Entry]) -> Entry:
    """Return the first scenario that asks for a plan; the first of all where none does."""
    return next((one for one in offered if one.is_proposal), offered[0])


def choose_some(offered: Sequence[Entry]) -> list[Entry]:
    """Let the reader choose which of many scenarios a page is about; few are all shown."""
    if len(offered) <= MOST_SHOWN:
        return list(offered)
    by_name = {entry.name: entry for entry in offered}
    names = list(by_name)
    chosen = st.multiselect(
        text("app.some", most=MOST_SHOWN, count=len(names)),
        names,
        default=address.chosen_many("shown", names, names[:MOST_SHOWN])[:MOST_SHOWN],
        format_func=lambda name: by_name[name].title,
        max_selections=MOST_SHOWN,
        placeholder=text("compare.placeholder"),
    )
    address.remember(shown=chosen)
    return [by_name[name] for name in chosen]


def choose_municipality(label: str, key: str, names: Mapping[str, str]) -> str:
    """Let the reader choose one of some municipalities; the address remembers it under a key.

    Parameters
    ----------
    label : over the choice.
    key : under which the address remembers it, also by name or by a number of another vintage.
    names : code -> name, in the order that they are offered; the first is the default.
    """
    codes = list(names)
    asked = address.asked(key)
    meant, _ = municipality_meant(asked) if asked else ("", ())
    start = meant if meant in names else address.chosen(key, codes, codes[0])
    code = st.selectbox(label, codes, index=codes.index(start), format_func=lambda one: names[one])
    gone = address.gone(key, code, missing=bool(asked) and not (meant and regions_with(meant)))
    if gone:
        _say_municipality_gone(gone, names[code])
    address.remember(**{key: code})
    return code


def municipality_meant(asked: str) -> tuple[str, Sequence[str]]:
    """Return the code that a name or a number of any vintage means, or spellings that are near."""
    gazetteer = Gazetteer.from_bundle(bundle())
    try:
        return gazetteer.resolve(asked), ()
    except AmbiguousMunicipalityError as error:
        return "", error.candidates
    except UnknownMunicipalityError:
        return "", gazetteer.nearest(asked)


def _region_meant(offered: Sequence[str]) -> str:
    """Return the region of what the address asks for, or the one that the session remembers."""
    asked = address.asked("region")
    if code := address.asked(MUNICIPALITY):
        having = regions_with(municipality_meant(code)[0])
        return asked if asked in having else next(iter(having), asked if asked in offered else "")
    of_scenario = address.asked("scenario").partition("/")[0]
    if not asked and of_scenario in offered:
        return of_scenario
    return address.chosen("region", offered, "") if not asked or asked in offered else ""


def _nearest(asked: str, offered: Sequence[str]) -> str:
    return next(iter(nearest(asked, offered)), "") if asked else ""


def _say_if_gone(key: str, shown: str, title: str, *, missing: bool) -> None:
    gone = address.gone(key, shown, missing=missing)
    if gone:
        st.warning(plain(text(f"gone.{key}", asked=gone, shown=title)))


def _say_municipality_gone(asked: str, shown: str) -> None:
    """Say that an address names nobody, or a municipality without scenarios; offer what is near."""
    code, near = municipality_meant(asked)
    if code:
        name = Gazetteer.from_bundle(bundle()).unique_name(code)
        st.warning(plain(text("gone.no_region", name=name, shown=shown)))
        link_to("region", text("start.make_for", name=plain(name)), parts=code)
        return
    st.warning(plain(text("gone.municipality", asked=asked, shown=shown)))
    if near:
        st.markdown(plain(text("gone.near", names=enumeration(near, "or"))))
        for one in near:
            link_to("municipality", plain(one), **{MUNICIPALITY: one})
