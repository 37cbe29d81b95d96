"""The competence environment in sentences."""

from __future__ import annotations

from planner.assess.competence.advisers import function_table
from planner.model.instance import Instance
from planner.model.plan import Plan
from planner.present.words.data_words import function_name
from planner.present.words.text import number, text


def coverage_lines(instance: Instance, plan: Plan) -> list[str]:
    """Say of every office and function how many man it, and how often nobody does.

    Such as «NAV Flå: gjeldsrådgivning 0,06 årsverk på 1,0 veiledere, 52 av 230 dager uten
    dekning».
    """
    names, functions = instance.names, instance.functions
    working_days = instance.assumptions["working_days_per_year"]
    return [
        text(
            "competence.coverage",
            office=names[row["host"]],
            function=function_name(row["function"], functions[row["function"]].name),
            fte=number(row["fte"], "fte"),
            advisers=number(row["advisers"]),
            days=f"{row['uncovered_days']:.0f}",
            working_days=f"{working_days:.0f}",
        )
        for row in function_table(instance, plan).reset_index().to_dict("records")
    ]
