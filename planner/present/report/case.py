"""What a case document is about: one plan beside its baseline, or several side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from planner.assess.finding import Finding
from planner.assess.findings import findings
from planner.errors import PlannerError
from planner.io.bundle import Bundle
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.pipeline.result import Result
from planner.present.report.blocks import Block, Column, DocumentTable, Heading
from planner.present.words.dated import baseline_words
from planner.present.words.findings import sentences
from planner.present.words.text import enumeration, text
from planner.scenario.resolved import title_of_baseline
from planner.scenario.vocabulary import BASELINES

MOST_RESULTS = 4
#: So many municipalities are named one by one; of more, these few.
MOST_NAMED, NAMED_OF_MANY = 8, 3
#: Tables with more rows are appendices: the one that every reader looks for, and all others.
MOST_ROWS, MOST_ROWS_OF_DETAIL = 50, 15


class CaseError(PlannerError, ValueError):
    """Results that cannot stand in one document."""


@dataclass(frozen=True)
class Alternative:
    """A plan that is proposed.

    Attributes
    ----------
    number : from 1.
    result : with a plan.
    """

    number: int
    result: Result
    plan: Plan

    @property
    def instance(self) -> Instance:
        """The region."""
        return self.result.instance

    @property
    def title(self) -> str:
        """The scenario's own."""
        return " ".join(self.result.scenario.title.split())

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings about the plan."""
        return findings(self.instance, self.plan)

    def told(self, *begun: str) -> list[str]:
        """Write the findings whose key begins so."""
        return sentences((one for one in self.findings if one.key.startswith(begun)), self.instance)

    def names(self, codes: Iterable[str]) -> str:
        """Name municipalities; of many, how many they are and the most populous."""
        names, people = self.instance.names, self.instance.municipalities["population"]
        chosen = list(codes)
        if len(chosen) <= MOST_NAMED:
            return enumeration([names[code] for code in chosen])
        largest = sorted(chosen, key=lambda code: (-float(people[code]), code))[:NAMED_OF_MANY]
        listed = enumeration([names[code] for code in largest])
        return text("report_document.many_names", count=len(chosen), names=listed)


@dataclass(frozen=True)
class ReportCase:
    """What a document is made of.

    Attributes
    ----------
    results : as they were run, those without a plan among them.
    bundle : the data that they were computed from.
    """

    results: tuple[Result, ...]
    bundle: Bundle

    @classmethod
    def of(cls, results: Sequence[Result], bundle: Bundle) -> ReportCase:
        """Check that results can stand side by side.

        Raises
        ------
        CaseError : none, more than four, or of different regions.
        """
        if not 1 <= len(results) <= MOST_RESULTS:
            msg = f"got {len(results)} scenarios. A case document is about 1 to {MOST_RESULTS}."
            raise CaseError(msg)
        if any(result.instance.codes != results[0].instance.codes for result in results):
            msg = "the scenarios are about different regions. A case document is about one."
            raise CaseError(msg)
        return cls(tuple(results), bundle)

    @cached_property
    def alternatives(self) -> tuple[Alternative, ...]:
        """The plans, numbered as in the document."""
        planned = [(result, result.plan) for result in self.results if result.plan]
        return tuple(Alternative(number, *one) for number, one in enumerate(planned, start=1))

    @property
    def instance(self) -> Instance:
        """The region, in the circumstances of the first scenario."""
        return self.results[0].instance

    @property
    def is_single(self) -> bool:
        """Whether one plan stands beside its baseline."""
        return len(self.alternatives) == 1

    @cached_property
    def shares_baseline(self) -> bool:
        """Whether all scenarios are compared with the same plan and the same figures."""
        return all(_baseline(one) == _baseline(self.alternatives[0]) for one in self.alternatives)

    def label(self, one: Alternative) -> str:
        """Name an alternative over a column."""
        if self.is_single:
            return text("report_document.the_proposal")
        return text("report_document.alternative", number=one.number)

    def together(self, make: Callable[[Alternative, str], DocumentTable]) -> DocumentTable:
        """Make one table of all alternatives; of several, the first column says which one.

        Parameters
        ----------
        make : the table of one alternative, of which the title names what is given.
        """
        if self.is_single:
            (one,) = self.alternatives
            return self.in_detail(make(one, text("report_document.quoted", title=one.title)))
        every = text("report_document.every_alternative")
        tables = {self.label(one): make(one, every) for one in self.alternatives}
        first = next(iter(tables.values()))
        columns = [_shared(alike) for alike in zip(*(t.columns for t in tables.values()))]  # noqa: B905
        bases = [
            basis
            for table in tables.values()
            for basis in (
                [table.provenance] * len(table.rows)
                if isinstance(table.provenance, str)
                else table.provenance
            )
        ]
        return DocumentTable(
            first.title,
            (Column(text("report_document.column.alternative")), *columns),
            tuple((label, *row) for label, table in tables.items() for row in table.rows),
            bases[0] if len(set(bases)) == 1 else tuple(bases),
            apart=True,
        )

    def in_detail(self, table: DocumentTable) -> DocumentTable:
        """Make a table an appendix, unless it is a short one about the one plan."""
        is_short = len(table.rows) <= MOST_ROWS_OF_DETAIL
        return table if is_short and self.is_single else replace(table, apart=True)

    def on_page(self, table: DocumentTable) -> DocumentTable:
        """Put a table on the pages if it fits on one; otherwise it is an appendix."""
        return replace(table, apart=len(table.rows) > MOST_ROWS)

    def each(self, write: Callable[[Alternative], Iterable[Block]]) -> Iterator[Block]:
        """Write about every alternative, under a heading where there are several."""
        for one in self.alternatives:
            blocks = list(write(one))
            if any(not getattr(block, "apart", False) for block in blocks) and not self.is_single:
                yield Heading(2, f"{self.label(one)}: {one.title}")
            yield from blocks


def _shared(alike: Sequence[Column]) -> Column:
    """Return the column of several tables, without its years where they differ."""
    first = alike[0]
    if all(column.heading == first.heading for column in alike):
        return first
    return replace(first, heading=first.heading.rpartition(" (")[0] or first.heading)


def _baseline(one: Alternative) -> tuple[dict[str, str], dict[str, float | None]]:
    figures = {key: score.baseline.value for key, score in one.result.scores.items()}
    return dict(one.instance.baseline.host_of), figures


def baseline_name(result: Result) -> str:
    """Name what a scenario is compared with: the offices in force, or another scenario's title."""
    scenario = result.scenario
    if scenario.baseline in BASELINES:
        return baseline_words(scenario.baseline, result.instance.date)
    return title_of_baseline(scenario)
