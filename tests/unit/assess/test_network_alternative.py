"""The network, by hand: Bru has one municipal FTE, Fet half a one."""

from dataclasses import replace

import pytest

from planner.assess.competence.advisers import function_table
from planner.assess.finding import Words
from planner.assess.law import agreement_checklist, assess_law, law_findings
from planner.assess.network_alternative import network_alternative, network_findings
from planner.assess.scorecard import assess
from planner.errors import LabelMismatchError
from planner.io.tables.services import SpecialistFunction
from planner.model.instance import Instance
from planner.model.plan import Plan, PlanError
from planner.scenario.vocabulary import Agreement
from tests.support.factories import make_function, three_fjords

OWN = {code: [] for code in ("0001", "0003", "0004", "0006")}
BRU_AND_FET = Plan.from_groups({"0002": ["0005"], **OWN})


def with_functions(**functions: SpecialistFunction) -> Instance:
    return replace(three_fjords(), functions=functions)


def test_specialists_are_colleagues_across_offices_by_hand() -> None:
    instance = with_functions(debt=make_function(need_per_10000_fte=2.0))
    network = network_alternative(instance, BRU_AND_FET)
    alone = function_table(instance, instance.baseline)
    pooled = function_table(instance, network)
    # alone: away on 46 of 230 days; half a person leaves half of the days besides
    assert alone.loc[("0002", "debt"), "uncovered_days"] == pytest.approx(46)
    assert alone.loc[("0005", "debt"), "uncovered_days"] == pytest.approx(0.5 * 230 + 0.5 * 46)
    # together 1.5: half of the days one (0.2 away), half of them two (0.08)
    for host in ("0002", "0005"):
        assert pooled.loc[(host, "debt"), "uncovered_days"] == pytest.approx(230 * (0.1 + 0.04))
        assert pooled.loc[(host, "debt"), "municipalities"] == pytest.approx(2 / 1.5)
    assert pooled.loc[("0002", "debt"), "advisers"] == pytest.approx(1.0)
    assert pooled.loc[("0005", "debt"), "advisers"] == pytest.approx(0.5)
    assert pooled["fte"].equals(alone["fte"])
    others = ["0001", "0003", "0004", "0006"]
    assert pooled.loc[others].equals(alone.loc[others])


def test_a_team_is_possible_with_the_staff_of_all_its_offices() -> None:
    instance = with_functions(debt=make_function(need_per_10000_fte=2.0))
    plan = Plan.from_groups({"0002": ["0003"], "0001": [], "0004": [], "0005": [], "0006": []})
    alone = function_table(instance, instance.baseline)["team_possible"]
    pooled = function_table(instance, network_alternative(instance, plan))["team_possible"]
    assert not alone["0002", "debt"]  # one person of two
    assert pooled["0002", "debt"]
    assert not pooled["0005", "debt"]


@pytest.mark.parametrize(
    "own",
    [
        {"need_per_10000_fte": 2.0, "decides_cases": True},
        {"need_per_10000_fte": 2.0, "need_per_office_fte": 0.1},
        {"need_per_presence_day_fte": 0.1},
    ],
)
def test_decisions_and_what_is_bound_to_an_office_stay_at_home(own: dict[str, float]) -> None:
    instance = with_functions(work=make_function(**own))
    network = network_alternative(instance, BRU_AND_FET)
    assert function_table(instance, network).equals(function_table(instance, instance.baseline))


def test_offices_presence_and_ways_are_the_baselines() -> None:
    home = Plan.from_groups(
        {"0006": ["0005"], "0001": [], "0002": [], "0003": [], "0004": []}, locations={"0005": 3}
    )
    instance = replace(three_fjords(), baseline=home)
    plan = Plan.from_groups({"0001": ["0002", "0005"], "0004": ["0003", "0006"]})
    network = network_alternative(instance, plan)
    assert network.groups == home.groups
    assert network.presence_days("0005") == 3
    # Fet's office is Gol's, and goes where Gol goes
    assert network.teams == {
        "0001": "0001",
        "0002": "0001",
        "0003": "0004",
        "0004": "0004",
        "0006": "0004",
    }
    before, after = assess(instance, home), assess(instance, network)
    for key in ("access.mean_min", "commuting.severed_persons", "equity.jobs_moved_fte"):
        assert after[key].value == before[key].value
    assert after["competence.uncovered_days"].value < before["competence.uncovered_days"].value


def test_a_plan_that_keeps_all_offices_has_nothing_to_pool() -> None:
    instance = three_fjords()
    network = network_alternative(instance, instance.baseline)
    before, after = assess(instance, instance.baseline), assess(instance, network)
    assert {key: one.value for key, one in after.items()} == {
        key: one.value for key, one in before.items()
    }


def test_it_is_lawful_as_nobody_decides_for_others() -> None:
    instance = three_fjords()
    network = network_alternative(instance, BRU_AND_FET)
    found = {one.key: one.value for one in assess_law(instance, network)}
    assert found["law.without_authority_municipalities"] == 0
    assert "law.close_cooperation" not in {one.key for one in law_findings(instance, network)}
    assert agreement_checklist(network, Agreement()) == ()


def test_what_may_be_pooled_is_said() -> None:
    instance = with_functions(
        debt=make_function(name="gjeldsrådgivning", need_per_10000_fte=1.0),
        aid=make_function(name="sosialhjelp", need_per_10000_fte=1.0, decides_cases=True),
        desk=make_function(name="mottak", need_per_presence_day_fte=0.1),
    )
    network = network_alternative(instance, BRU_AND_FET)
    told = {one.key: one.fields["functions"] for one in network_findings(instance, network)}
    assert told == {
        "network.pooled": Words(("gjeldsrådgivning",)),
        "network.decided_at_home": Words(("sosialhjelp",)),
        "network.bound_to_offices": Words(("mottak",)),
    }
    assert list(network_findings(instance, BRU_AND_FET)) == []


def test_a_plan_of_other_municipalities() -> None:
    with pytest.raises(LabelMismatchError):
        network_alternative(three_fjords(), Plan({"0001": "0001"}))


def test_teams_are_of_offices() -> None:
    with pytest.raises(PlanError, match="0005"):
        replace(BRU_AND_FET, teams={"0005": "0001"})


def test_a_part_of_a_network_keeps_the_teams_that_are_whole() -> None:
    instance = three_fjords()
    plan = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005", "0006"]})
    part = network_alternative(instance, plan).restricted_to(["0001", "0002", "0005", "0006"])
    assert part.teams == {"0001": "0001", "0002": "0001"}
