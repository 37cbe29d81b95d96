"""What a JSON Schema expects and what a file has instead, as messages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date as Date  # noqa: N812 - told apart from values called date
from typing import Any, Final

from planner.messages.message import Figure, Message
from planner.spelling import did_you_mean, shown
from planner.yamlfile.tree import NOTHING, Node

JsonSchema = Mapping[str, Any]

_RANGES = ("greater_than_equal", "less_than_equal", "greater_than", "less_than", "finite_number")
_YES = ("yes", "y", "on", "ja", "j", "true")
_NO = ("no", "n", "off", "nei", "false")


def expected(schema: JsonSchema) -> Figure:
    """Return what a part of the schema accepts, as a noun phrase."""
    if "const" in schema:
        return str(schema["const"])
    if is_union(schema):
        others = [expected(branch) for branch in schema["oneOf"] if "enum" not in branch]
        choices = _choices(schema)
        options = (*([_one_of(choices)] if choices else []), *others)
        return Message.of("expected.either", options=options)
    if "enum" in schema:
        return _one_of(_choices(schema))
    return _EXPECTED.get(schema["type"], _expected_section)(schema)


def _sentence(phrase: Figure, *more: Message | None) -> Message:
    """Say that something is expected."""
    return Message.of("expected.it", *more, what=phrase)


def got(node: Node, *more: Message | None) -> Message:
    """Say what a node is, with the text in the file where YAML reads it otherwise."""
    value, read = node.content, str(node.content)
    figures: dict[str, Figure] = {"written": node.written}
    if isinstance(value, bool):
        kind = "truth"
    elif isinstance(value, int) and read != node.written:
        kind, figures["read"] = "read_as", read
    elif isinstance(value, int | float):
        kind = "number"
    elif isinstance(value, Date):
        kind = "date"
    elif isinstance(value, str):
        kind, figures["written"] = "text", shown(value)
    elif isinstance(value, Mapping):
        kind = "section"
    else:
        kind = "nothing" if value is NOTHING else "list"
    return Message.of(f"got.{kind}", *more, **figures)


def hint(node: Node, schema: JsonSchema) -> Message | None:
    """Return how to write a value that has the wrong type, or nothing."""
    value, kind = node.content, schema.get("type")
    if isinstance(value, str):
        return _text_hint(value, schema)
    if kind == "array" and isinstance(value, Mapping):
        return Message.of("hint.dash")
    if kind == "string" and isinstance(value, int | float | Date) and "format" not in schema:
        return Message.of("hint.quotes", written=node.written)
    if kind == "integer" and isinstance(value, float) and value.is_integer():
        return Message.of("hint.write", written=f"{value:.0f}")
    return None


def colon_hint(node: Node) -> Message | None:
    """Return how to part key and value where a missing space has made one key of both."""
    key, colon, value = node.path[-1].partition(":")
    if not (colon and value and node.content is NOTHING):
        return None
    return Message.of("hint.colon", key=shown(key), value=shown(value))


def missing_key(schema: JsonSchema) -> Message:
    """Say that a key is missing, and what is expected."""
    return Message.of("key.missing", _sentence(expected(schema)))


def unknown_key(node: Node, around: JsonSchema, top: JsonSchema) -> Message:
    """Say that a key is unknown, which keys are valid, and which may have been meant.

    Parameters
    ----------
    node : value of the key.
    around, top : schemas of the section in which it stands, and of the whole file.
    """
    name, valid = node.path[-1], sorted(around["properties"])
    found = [section for key, section in _places(top, "") if key == name]
    depth = min((section.count(".") for section in found), default=0)
    sections = [section for section in found if section.count(".") == depth]
    meant = colon_hint(node) or did_you_mean(name, valid)
    if isinstance(node.name, int) and node.content is NOTHING:
        meant = Message.of("hint.decimals")
    elif not meant and len(sections) == 1:
        code = "key.belongs_under" if sections[0] else "key.belongs_at_top"
        meant = Message.of(code, name=name, section=sections[0])
    return Message.of("key.unknown", meant, keys=tuple(valid))


def unfit_key(node: Node, kind: str, around: JsonSchema) -> Message:
    """Say what is wrong with a free key, such as a municipality's number without quotes.

    Parameters
    ----------
    node : value of the key.
    kind : pydantic's type of error.
    around : schema of the section in which it stands.
    """
    key = replace(node, content=node.name, written=node.path[-1])
    if kind == "string_too_short":
        return Message.of("key.empty")
    if kind == "unshown":
        return Message.of(f"key.{_unshown(str(node.name))}")
    if kind == "string_too_long":
        return Message.of("key.long", letters=len(node.path[-1]))
    names = around.get("propertyNames", {})
    is_number = "minimum" in names
    what = Message.of("expected.whole" if is_number else "expected.text", bounds=_bounds(names))
    if kind in _RANGES:
        return Message.of("key.out_of_range", _sentence(what))
    text = hint(key, {"type": "string"}) if isinstance(node.name, int) else None
    return Message.of("key.wrong", _sentence(what, text), got=got(key))


def misfit(node: Node, kind: str, schema: JsonSchema, around: JsonSchema) -> Message:
    """Say what is wrong with a value, what is expected, and how to write it.

    Parameters
    ----------
    node : the value.
    kind : pydantic's type of error.
    schema, around : schemas of what is expected, and of the list or section in which it stands.
    """
    value, what = node.content, expected(schema)
    if amount := _amount(value, kind, schema, what):
        return amount
    if kind in _RANGES:
        return Message.of("value.out_of_range", _sentence(what), written=node.written)
    if isinstance(value, str) and kind == "literal_error":
        plain = value == str(schema.get("const"))
        meant = Message.of("hint.unquoted") if plain else did_you_mean(value, _choices(schema))
        return Message.of("got.choice", _sentence(what, meant), written=shown(value))
    if schema.get("type") == around.get("type") == "array":
        return got(node, _sentence(what, Message.of("hint.lists")))
    return got(node, _sentence(what, hint(node, schema), colon_hint(node)))


def _amount(value: object, kind: str, schema: JsonSchema, what: Figure) -> Message | None:
    """Say that text or a list has too much or too little in it; None if that is not the fault."""
    if kind == "string_too_short":
        return Message.of("value.empty", _sentence(what))
    if isinstance(value, str) and kind == "unshown":
        return Message.of(f"value.{_unshown(value)}")
    if isinstance(value, str) and kind == "string_too_long":
        return Message.of("value.long", letters=len(value), most=schema["maxLength"])
    if isinstance(value, tuple) and kind in ("too_short", "too_long"):
        code = "value.one_entry" if len(value) == 1 else "value.entries"
        return Message.of(code, _sentence(what), entries=len(value))
    return None


def _unshown(text: str) -> str:
    """Return why a text cannot stand on one line."""
    broken = "\n" in text.strip() or "\t" in text.strip()
    return "broken" if broken else "unseen"


def dereferenced(schema: JsonSchema) -> JsonSchema:
    """Return a JSON Schema with its references replaced by what they name."""

    def resolved(part: Any) -> Any:  # noqa: ANN401 - any JSON
        if isinstance(part, list):
            return [resolved(entry) for entry in part]
        if not isinstance(part, dict):
            return part
        if "$ref" in part:
            named = schema["$defs"][part["$ref"].rpartition("/")[2]]
            part = {**named, **{key: part[key] for key in part if key != "$ref"}}
        return {key: resolved(value) for key, value in part.items() if key != "$defs"}

    whole: JsonSchema = resolved(schema)
    return whole


def is_union(schema: JsonSchema) -> bool:
    """Tell alternatives of a value from keys that exclude one another."""
    return "oneOf" in schema and "properties" not in schema


def _choices(schema: JsonSchema) -> list[str]:
    branches = schema["oneOf"] if is_union(schema) else [schema]
    return [choice for branch in branches for choice in branch.get("enum", ())]


def _one_of(choices: list[str]) -> Message:
    return Message.of("expected.choice", choices=tuple(choices))


def _places(schema: JsonSchema, section: str) -> Iterator[tuple[str, str]]:
    """Every key of the vocabulary, with the dotted section in which it is valid."""
    for key, part in schema.get("properties", {}).items():
        yield key, section
        inner = part
        while "properties" not in inner and (free := _inside(inner)):
            inner = free
        yield from _places(inner, f"{section}.{key}".lstrip("."))


def _inside(schema: JsonSchema) -> JsonSchema | None:
    free: JsonSchema | None = schema.get("additionalProperties") or schema.get("items")
    return free


def _expected_list(schema: JsonSchema) -> Message:
    kind = schema["items"].get("type", "")
    least, most = schema.get("minItems"), schema.get("maxItems")
    if least == most == 2:  # noqa: PLR2004
        return Message.of("expected.pair")
    known = kind in ("string", "array", "object")
    of = Message.of(f"expected.list_of_{kind}s") if known else Message.of("expected.list")
    return Message.of("expected.filled_list", list=of, least=least) if least else of


def _expected_text(schema: JsonSchema) -> Message:
    if schema.get("format") != "date":
        return Message.of("expected.text")
    first, last = schema.get("formatMinimum"), schema.get("formatMaximum")
    if first is None or last is None:
        return Message.of("expected.date")
    return Message.of("expected.date_between", first=first, last=last)


def _expected_section(schema: JsonSchema) -> Message:
    if "properties" in schema:
        return Message.of("expected.section", keys=tuple(schema["properties"]))
    return Message.of("expected.free_section", what=expected(schema["additionalProperties"]))


def _bounds(schema: JsonSchema) -> Figure:
    low, high = schema.get("minimum"), schema.get("maximum")
    above = schema.get("exclusiveMinimum")
    if above is not None and high is not None:
        return Message.of("expected.above", low=float(above), high=float(high))
    if low is None or high is None:
        return ""
    return Message.of("expected.between", low=float(low), high=float(high))


_EXPECTED: Final[Mapping[str, Callable[[JsonSchema], Message]]] = {
    "string": _expected_text,
    "integer": lambda schema: Message.of("expected.whole", bounds=_bounds(schema)),
    "number": lambda schema: Message.of("expected.number", bounds=_bounds(schema)),
    "array": _expected_list,
    "boolean": lambda _: Message.of("expected.truth"),
}


def _text_hint(text: str, schema: JsonSchema) -> Message | None:
    """Return how to write text where something else is expected, or nothing."""
    kind, word = schema.get("type"), text.casefold()
    if kind == "array" and schema["items"].get("type") == "string":
        return Message.of("hint.list", written=shown(text))
    if kind == "boolean" and word in (*_YES, *_NO):
        return Message.of("hint.truth", written="true" if word in _YES else "false")
    if kind in ("integer", "number") and (number := _as_number(text)):
        return Message.of("hint.write", written=number)
    return None


def _as_number(text: str) -> str | None:
    """Read a number as Norwegians write it: decimal comma, spaces between thousands, percent."""
    digits = re.sub(r"(?<=\d)\s(?=\d{3})", "", text.strip()).replace(",", ".").replace("−", "-")
    share = re.fullmatch(r"(\d{1,2}(?:\.\d+)?)\s?%", digits)
    if share:
        return f"{float(share.group(1)) / 100:.12g}"
    return digits if re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", digits) else None
