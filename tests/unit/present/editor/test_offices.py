"""The offices of a plan while it is drawn."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx

from planner.model.plan import Plan
from planner.present.editor.offices import office_rows
from tests.support.factories import three_fjords


def test_an_office_has_its_staff_inhabitants_way_and_presence() -> None:
    instance = three_fjords()
    host, first, *others = instance.codes
    drawn = Plan.from_groups({host: [first, *others]})
    plan = replace(drawn, locations={first: 2.0})
    [row] = office_rows(instance, plan)
    assert row.host == instance.names[host]
    assert row.members.split(", ") == [instance.names[code] for code in [first, *others]]
    total = int(instance.figure("population").sum())
    assert row.population.replace("\u00a0", "") == str(total)
    assert row.presence == f"2 av {len(plan.municipalities)}"
    assert not row.apart


def test_who_does_not_hang_together_is_named() -> None:
    whole = three_fjords()
    host, *members = whole.codes
    instance = replace(whole, contiguity=nx.create_empty_copy(whole.contiguity))
    [row] = office_rows(instance, Plan.from_groups({host: members}))
    assert all(instance.names[code] in row.apart for code in members)
    assert instance.names[host] not in row.apart
    rows = office_rows(instance, Plan({code: code for code in whole.codes}))
    assert [one.apart for one in rows] == [""] * len(whole.codes)
    assert [one.members for one in rows] == [""] * len(whole.codes)
