"""New scenario texts out of old ones: the same figures and network, another request or plan.

What the old file says about its own plan (groups, presence days, workshop scores, agreement) is
left out; comments elsewhere stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from itertools import takewhile
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from planner.scenario.vocabulary import Propose, Weights

#: Keys of a scenario that are about its own plan alone.
_OWN = ("groups", "rest", "propose", "workshop", "agreement")
_WIDTH = 100


def with_request(
    text: str, asked: Propose, *, title: str, description: str, baseline: str = ""
) -> str:
    """Return the text of a scenario that asks for a plan in another's circumstances.

    Parameters
    ----------
    text : of a scenario without faults.
    asked : the request, municipalities as they are to be written; what has its default is left out.
    title, description : of the new scenario.
    baseline : what the new scenario is compared with; left out, what the old one is.
    """
    rates = asked.weights.model_dump()
    usual = Weights().model_dump()
    data = asked.model_dump(exclude_defaults=True) | {
        "weights": {name: rate for name, rate in rates.items() if rate or usual[name]}
    }
    return _written(
        text, "propose", data, {"title": title, "description": description, "baseline": baseline}
    )


def with_groups(
    text: str,
    groups: Mapping[str, Sequence[str]],
    *,
    title: str,
    description: str,
    baseline: str = "",
) -> str:
    """Return the text of a scenario that draws a plan in another's circumstances.

    Parameters
    ----------
    text, title, description, baseline : as in `with_request`.
    groups : host -> members, names as they are to be written.
    """
    drawn = []
    for host, members in groups.items():
        others = [name for name in members if name != host]
        drawn.append({"host": host, "members": others} if others else {"host": host})
    return _written(
        text, "groups", drawn, {"title": title, "description": description, "baseline": baseline}
    )


def _written(text: str, key: str, value: object, head: Mapping[str, str]) -> str:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = _WIDTH
    data = yaml.load(text)
    before = list(takewhile(lambda name: name not in _OWN, data))
    for name in _OWN:
        data.pop(name, None)
    if data.get("form") == "today":  # a plan of today's has no form that another could take over
        data.pop("form")
    for name in ("title", "description", "baseline"):
        if name in data and head[name]:
            data[name] = head[name]
        elif head[name]:
            data.insert(_after(data, before), name, head[name])
            before.append(name)
    data.insert(_after(data, before), key, _laid_out(value))
    stream = StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()


def _after(data: CommentedMap, names: Iterable[str]) -> int:
    """Return the place behind the last of some keys."""
    places = [place for place, name in enumerate(data, start=1) if name in set(names)]
    return max(places, default=0)


def _laid_out(value: Any) -> Any:  # noqa: ANN401 - any part of a scenario
    """Write the innermost lists and maps on one line each, as planners do by hand."""
    if isinstance(value, dict):
        laid = CommentedMap((name, _laid_out(part)) for name, part in value.items())
        if not any(isinstance(part, dict | list) for part in value.values()):
            laid.fa.set_flow_style()
        return laid
    if isinstance(value, list | tuple):
        row = CommentedSeq(_laid_out(part) for part in value)
        if not any(isinstance(part, dict) for part in value):
            row.fa.set_flow_style()
        return row
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
