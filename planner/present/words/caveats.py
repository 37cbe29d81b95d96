"""What a reader must know before using the figures of a result, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from planner.assess.caveats import Caveat
from planner.assess.finding import Finding
from planner.pipeline.result import Result
from planner.present.words.findings import all_names, sentence
from planner.present.words.limits import conflict_sentence
from planner.present.words.text import enumeration, number, text


def warnings_about(result: Result) -> tuple[str, ...]:
    """Say what must be known about a plan, or about a request without an answer."""
    names = all_names(result.instance)
    return tuple(
        sentence(caveat, names) if isinstance(caveat, Finding) else _sentence(caveat, names)
        for caveat in result.caveats
    )


def _sentence(caveat: Caveat, names: Mapping[str, str]) -> str:
    return text(
        f"warning.{caveat.key}",
        names=enumeration([names[code] for code in caveat.municipalities]),
        share=number(caveat.share, "share"),
        conflict=conflict_sentence(caveat.conflict, names),
        table=text(f"dated_table.{caveat.table}") if caveat.table else "",
        year=caveat.year,
    ).strip()
