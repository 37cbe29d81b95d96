"""What the law does not allow, and what an agreement must settle."""

from dataclasses import replace
from datetime import date

from planner.assess.finding import Amount, Day, Finding, Places, Words
from planner.assess.indicator import Indicator
from planner.assess.law import ITEMS, agreement_checklist, assess_law, law_findings
from planner.model.plan import Plan
from planner.scenario.vocabulary import Agreement
from tests.support.factories import three_fjords

TWO = Plan.from_groups({"0001": ["0002", "0003"], "0004": ["0005", "0006"]})
OWN = Plan({code: code for code in three_fjords().codes})


def indicators(plan: Plan) -> dict[str, Indicator]:
    return {one.key: one for one in assess_law(three_fjords(), plan)}


def findings(plan: Plan) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for one in law_findings(three_fjords(), plan):
        found.setdefault(one.key, []).append(one)
    return found


def test_groups_across_the_county_border() -> None:
    one = indicators(TWO)["law.cross_county_groups"]
    assert one.value == 1
    assert one.by_group == {"0001": 1, "0004": 2}
    (told,) = findings(TWO)["law.cross_county"]
    assert told.fields == {"host": Places(("0004",)), "counties": Words(("Vestland", "Østland"))}
    assert indicators(OWN)["law.cross_county_groups"].value == 0


def test_close_cooperation_may_not_decide_for_others() -> None:
    close = replace(TWO, form="close_cooperation")
    one = indicators(close)["law.without_authority_municipalities"]
    assert one.value == 4
    assert one.by_group == {"0001": 2, "0004": 2}
    assert one.by_municipality["0002"] == 1
    assert one.by_municipality["0001"] == 0
    assert "law.close_cooperation" in findings(close)
    assert "law.transfer" not in findings(close)


def test_a_host_may_decide_for_its_members() -> None:
    assert indicators(TWO)["law.without_authority_municipalities"].value == 0
    assert "law.close_cooperation" not in findings(TWO)
    assert "law.least_notice" in findings(TWO)


def test_staff_of_members_with_a_new_host_are_transferred() -> None:
    west, east = findings(TWO)["law.transfer"]
    assert west.fields == {"host": Places(("0001",)), "members": Places(("0002", "0003"))}
    assert east.fields["members"] == Places(("0005", "0006"))


def test_members_who_keep_their_host_are_not_transferred() -> None:
    baseline = Plan.from_groups({"0001": ["0002"], "0003": [], "0004": [], "0005": [], "0006": []})
    instance = replace(three_fjords(), baseline=baseline)
    west = next(one for one in law_findings(instance, TWO) if one.key == "law.transfer")
    assert west.fields["members"] == Places(("0003",))


def test_offices_of_their_own_need_no_law_and_no_agreement() -> None:
    assert findings(OWN) == {}
    assert agreement_checklist(OWN, Agreement()) == ()


def test_a_merger_needs_no_agreement() -> None:
    merged = replace(TWO, form="municipal_merger")
    assert "law.merger" in findings(merged)
    assert agreement_checklist(merged, Agreement()) == ()


def test_an_empty_agreement_leaves_all_but_the_participants_open() -> None:
    items = agreement_checklist(TWO, Agreement())
    assert tuple(item.key for item in items) == ITEMS
    assert [item.key for item in items if not item.is_open] == ["participants"]
    west, _ = items[0].settled
    assert west.fields == {"host": Places(("0001",)), "members": Places(("0002", "0003"))}


def test_close_cooperation_has_not_even_settled_the_host() -> None:
    items = agreement_checklist(replace(TWO, form="close_cooperation"), Agreement())
    assert all(item.is_open for item in items)


def test_a_full_agreement_leaves_nothing_open() -> None:
    agreement = Agreement(
        tasks=["Gjeldsrådgivning"],
        authority="joint_board",
        from_date=date(2027, 1, 1),
        information="Melding hver måned",
        settlement="staff",
        notice_months=18,
        dissolution="Ansatte går tilbake",
        other="Arkiv etter arkivlova",
    )
    settled = {item.key: item.settled[0] for item in agreement_checklist(TWO, agreement)}
    assert settled["tasks"].fields == {"tasks": Words(("Gjeldsrådgivning",))}
    assert settled["authority"].key == "law.settled_authority_joint_board"
    assert settled["start"].fields == {"day": Day(date(2027, 1, 1))}
    assert settled["settlement"].key == "law.settled_settlement_staff"
    assert settled["notice"].fields == {"notice": Amount(18, "months")}
    assert settled["information"].fields == {"text": Words(("Melding hver måned",))}
    assert settled["dissolution"].fields == {"text": Words(("Ansatte går tilbake",))}
    assert settled["other"].fields == {"text": Words(("Arkiv etter arkivlova",))}


def test_a_host_of_another_sami_language_is_told() -> None:
    spoken = {"0002": "North", "0003": "South", "0001": "North"}
    instance = replace(three_fjords(), sami_languages=spoken)
    keys = [one.key for one in law_findings(instance, TWO) if one.key.startswith("law.sami")]
    assert keys == ["law.sami_south"]
