"""What a reader must know before using the figures of a result, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.assess.caveats import Caveat
from planner.assess.finding import Finding
from planner.pipeline.result import Result
from planner.present.words.findings import all_names, sentence
from planner.present.words.limits import conflict_sentence
from planner.present.words.text import day, enumeration, number, text


def warnings_about(result: Result) -> tuple[str, ...]:
    """Say what must be known about a plan, or about a request without an answer."""
    names = all_names(result.instance)
    return tuple(
        sentence(caveat, names) if isinstance(caveat, Finding) else _sentence(caveat, names)
        for caveat in result.caveats
    )


def warnings_beside(results: Sequence[Result]) -> tuple[str, ...]:
    """Say in what results set side by side are not of the same: municipalities, and dates."""
    names = {code: name for one in results for code, name in one.instance.names.items()}
    regions = [frozenset(one.instance.codes) for one in results]
    shared, unshared = frozenset.intersection(*regions), frozenset.union(*regions)
    unshared -= shared
    told = []
    if not shared:
        told.append(text("beside.nothing_shared"))
    elif unshared:
        listed = sorted(names[code] for code in unshared)
        told.append(text("beside.municipalities", names=enumeration(listed)))
    dates = dict.fromkeys(one.scenario.date for one in results)
    if len(dates) > 1:
        written = [day(date) if date else text("beside.undated") for date in dates]
        told.append(text("beside.dates", dates=enumeration(written)))
    return tuple(told)


def _sentence(caveat: Caveat, names: Mapping[str, str]) -> str:
    return text(
        f"warning.{caveat.key}",
        names=enumeration([names[code] for code in caveat.municipalities]),
        share=number(caveat.share, "share"),
        conflict=conflict_sentence(caveat.conflict, names),
        table=text(f"dated_table.{caveat.table}") if caveat.table else "",
        year=caveat.year,
    ).strip()
