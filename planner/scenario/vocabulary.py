"""The vocabulary of a scenario file: what a planner may write, with types and ranges.

Names of municipalities stand here as the planner wrote them; `planner.scenario.load` checks
them against the gazetteer and reports every fault with its line.
"""

from __future__ import annotations

from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PrivateAttr,
    Tag,
)

from planner.model.limits import LIMIT, LimitValue, as_written
from planner.model.plan import Form
from planner.model.weights import Weights
from planner.scenario.network_keys import Network
from planner.scenario.value_types import (
    Days,
    Fte,
    Mark,
    Minutes,
    Municipalities,
    Name,
    OfficeCount,
    People,
    RiskLevel,
    Score,
    Strict,
    Text,
    Title,
    ValidDate,
    counted,
    list_or,
)

#: Most near-best plans beside a proposal.
MOST_ALTERNATIVES = 50
#: Words that a scenario may give for its baseline instead of a file.
BASELINES = ("today", "own_office")


class Region(Strict):
    """Which municipalities the scenario is about: a council, counties, or municipalities."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": [key]} for key in ("council", "county", "counties", "municipalities")
            ]
        }
    )

    council: Name | None = None
    """Regional council, such as Hallingdal."""
    county: Name | None = None
    """County of 2024, such as Nordland."""
    counties: list[Name] | None = Field(default=None, min_length=1)
    """Several counties of 2024."""
    municipalities: list[Name] | None = Field(default=None, min_length=1)
    """Municipalities by name, or by quoted number of any vintage."""
    add: list[Name] = []
    """Municipalities to add, also from another county."""
    remove: list[Name] = []
    """Municipalities to leave out."""


class Group(Strict):
    """Municipalities that share one office under one host."""

    host: Name
    """Host municipality (vertskommune)."""
    members: list[Name] = []
    """Municipalities that the host serves; the host itself need not be listed."""
    locations: dict[Name, Days] = {}
    """Days a week with physical presence outside the host office."""


class Offices(Strict):
    """How many offices a proposal may have."""

    min: OfficeCount | None = None
    """Fewest offices."""
    max: OfficeCount | None = None
    """Most offices."""


class Hosts(Strict):
    """Who must, may and must not be host."""

    fixed: list[Name] = []
    """Must be hosts."""
    allowed: list[Name] | None = Field(default=None, min_length=1)
    """Only these may be hosts."""
    forbidden: list[Name] = []
    """Must not be hosts."""


class Constraints(Strict):
    """Hard limits of a proposal."""

    offices: Offices = Offices()
    """Number of offices."""
    max_travel_minutes: Minutes | None = None
    """Longest way from a member to its host."""
    max_travel_of: Literal["centre", "p90"] = "centre"
    """Whose way: from centre to centre, or that within which nine of ten inhabitants get there."""
    min_fte: Fte | None = None
    """Least staff in a group, FTE."""
    max_fte: Fte | None = None
    """Most staff in a group, FTE."""
    min_population: People | None = None
    """Fewest inhabitants in a group."""
    max_population: People | None = None
    """Most inhabitants in a group."""
    max_members: Municipalities | None = None
    """Most municipalities in a group, the host included."""
    contiguous: bool = True
    """Groups hang together by land border, bridge, tunnel or ferry."""
    hosts: Hosts = Hosts()
    """Fixed, allowed and forbidden hosts."""
    together: list[list[Name]] = []
    """Lists of municipalities that must share an office."""
    apart: list[list[Name]] = []
    """Lists of municipalities no two of which may share an office."""
    keep_baseline_groups: bool = False
    """Municipalities that share an office in the baseline stay together."""
    within: Literal["council", "county"] | None = None
    """Groups may not cross this border."""
    crossing_allowed: list[Name] = []
    """Municipalities that may be in a group across that border all the same."""
    exempt: Annotated[
        Annotated[Literal["minimise", "never"], Tag("string")]
        | Annotated[list[Name], Tag("array")],
        Discriminator(list_or("string")),
    ] = "minimise"
    """Who may host a group below a minimum: as few as possible, nobody, or only those named."""


class Solver(Strict):
    """When the solver may stop."""

    time_limit_seconds: Annotated[float, Field(gt=0, le=86_400)] | None = None
    """Longest time to search."""
    relative_gap: Annotated[float, Field(ge=0, le=1)] = 0.0
    """Stop when the plan is proved to be within this share of the best possible."""


class Propose(Strict):
    """A request for a proposal."""

    weights: Weights = Weights()
    """What the proposal minimises."""
    constraints: Constraints = Constraints()
    """What it must satisfy."""
    alternatives: Annotated[int, Field(ge=0, le=MOST_ALTERNATIVES)] = 0
    """How many near-best plans to show beside it."""
    keep_presence: bool = True
    """Somebody is there where the law or a promise asks for it: islands without a fixed link, the
    administrative area for Sami languages, places named by the source documents."""
    min_difference: Municipalities = 1
    """In how many municipalities each alternative must differ from all better plans."""
    solver: Solver = Solver()
    """When the solver may stop."""

    def limit(self, key: str) -> Any:  # noqa: ANN401 - of the limit's kind
        """Return a limit as it is written; None where there is none."""
        return reduce(getattr, key.split("."), self.constraints)

    def with_limit(self, key: str, value: LimitValue | list[str]) -> Propose:
        """Return the request with another value of one limit, which must be within its bounds."""
        data, (*above, name) = self.model_dump(), key.split(".")
        reduce(getitem, above, data["constraints"])[name] = as_written(LIMIT[key], value)
        return Propose.model_validate(data)


class Override(Strict):
    """The scenario's own figures for one municipality (provenance: scenario)."""

    population: People | None = None
    """Inhabitants."""
    fte: Fte | None = None
    """Staff at the office, FTE."""
    services: list[Name] | None = None
    """Municipal services in the office, names from services.csv."""
    case_system: Name | None = None
    """Municipal case system."""


class DerivedFrom(Strict):
    """What a plan was computed from, when an answer of the solver was saved as a plan."""

    request: Propose
    """What was asked for, as it was written then."""
    outcome: Literal["optimal", "feasible", "listed"]
    """What was proved about the best plan: optimal within the gap asked for, or not; or that this
    is one of a list of all plans."""
    objective: Score | None = None
    """The plan's own score."""
    bound: Score | None = None
    """No plan has a lower score; left out where nothing is proved."""
    alternative: Annotated[int, Field(ge=1, le=MOST_ALTERNATIVES)] | None = None
    """Which of the near-best plans it is; left out for the best one."""
    plan: Mark
    """Mark of who shared an office with whom; another plan than this was changed by people."""


class RiskScore(Strict):
    """A workshop's own score of a risk factor."""

    likelihood: RiskLevel
    """1 (unlikely) to 5 (nearly certain)."""
    consequence: RiskLevel
    """1 (harmless) to 5 (very serious)."""


class Workshop(Strict):
    """Scores that people gave in a workshop; they replace computed ones and are shown as such."""

    risk: Annotated[
        dict[Annotated[int, Field(ge=1, le=16)], RiskScore],
        Field(
            json_schema_extra={
                "propertyNames": {
                    "pattern": "^([1-9]|1[0-6])$",
                    "minimum": 1,
                    "maximum": 16,
                }
            }
        ),
    ] = {}
    """Risk factor number -> score."""


class Agreement(Strict):
    """What an agreement between a host and its members already settles (kommuneloven chapter 20).

    What is left out is still open, and is listed so. The participants and their hosts are those of
    the plan.
    """

    tasks: list[Name] = []
    """Municipal services that the host takes over, names from services.csv."""
    authority: Literal["administrative", "joint_board"] | None = None
    """Who decides for the members: the host's administration, or a board elected by all."""
    from_date: ValidDate | None = None
    """When tasks and authority pass to the host."""
    information: Text | None = None
    """How the members are told about decisions."""
    settlement: Literal["equal", "inhabitants", "staff", "users"] | None = None
    """Key by which the members share the costs."""
    notice_months: Annotated[int, Field(ge=12, le=120)] | None = None
    """Notice at which a member may withdraw; the law asks for at least a year."""
    dissolution: Text | None = None
    """How the cooperation is wound up: staff, property, archives and debts."""
    other: Text | None = None
    """What else the law requires in this case."""


class Scenario(Strict):
    """A scenario: a region, a hand-drawn plan or a request for one, and its assumptions."""

    model_config = ConfigDict(
        title="Kontorplan scenario",
        json_schema_extra={
            "oneOf": [
                {"required": ["groups"]},
                {"required": ["propose"]},
                {
                    "properties": {"form": {"const": "today"}},
                    "required": ["form"],
                    "not": {
                        "anyOf": [{"required": [key]} for key in ("groups", "propose", "rest")]
                    },
                },
            ]
        },
    )

    schema_: Annotated[Literal[1], BeforeValidator(counted)] = Field(alias="schema")
    """Version of this vocabulary."""
    title: Title
    """Name shown on maps and in tables."""
    description: str = Field(default="", max_length=5000)
    """What the scenario is, and why choices in it were made."""
    region: Region
    """Which municipalities it is about."""
    date: ValidDate | None = None
    """What day it is about: decides population, offices, staff, roads; today where left out."""
    baseline: Name = "today"
    """What it is compared with: `today` (the offices in force on its date), `own_office`, or a
    scenario file beside this one."""
    form: Form = "host_municipality"
    """Legal form of the cooperation; `today` without groups is the offices in force on its date."""
    groups: list[Group] | None = Field(default=None, min_length=1)
    """A hand-drawn plan."""
    derived_from: DerivedFrom | None = None
    """What the plan was computed from, where people did not draw it."""
    rest: Literal["baseline", "own_office"] | None = None
    """What becomes of municipalities that no group names; without it, all must be named."""
    propose: Propose | None = None
    """A request for a plan, instead of groups."""
    municipalities: dict[Name, Override] = {}
    """The scenario's own figures, by municipality."""
    regional_staff: dict[Name, Fte] = {}
    """Staff of the region that belong to no municipality: name of the unit -> FTE."""
    network: Network = Network()
    """Changes to roads and ferries."""
    assumptions: dict[Name, Annotated[float, Field(allow_inf_nan=False)]] = {}
    """Any parameter of assumptions.yaml."""
    workshop: Workshop = Workshop()
    """Scores from a workshop."""
    agreement: Agreement = Agreement()
    """What the agreement between hosts and members already settles."""

    _path: Path | None = PrivateAttr(default=None)
    _resolution: object = PrivateAttr(default=None)

    @property
    def path(self) -> Path | None:
        """File that the scenario was read from; None for one made in memory."""
        return self._path

    @property
    def draws_today(self) -> bool:
        """Whether it is about the offices as they are, which other plans are compared with."""
        return self.propose is None and self.form == "today"

    @property
    def baseline_path(self) -> Path | None:
        """File of the baseline; None where it is `today` or `own_office`."""
        if self.baseline in BASELINES:
            return None
        folder = self._path.parent if self._path else Path()
        return folder / self.baseline

    @property
    def resolution(self) -> object:
        """What `planner.scenario.load.resolve` found; of another scenario if this is its copy."""
        return self._resolution

    def remember(self, resolution: object) -> None:
        """Keep what the scenario was resolved to, so that this is done once."""
        self._resolution = resolution

    def read_from(self, path: Path) -> Scenario:
        """Return the same scenario, remembering the file that it was read from."""
        copy = self.model_copy()
        copy._path = path  # noqa: SLF001 - the same class
        return copy
