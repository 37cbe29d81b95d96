"""What a JSON Schema expects and what a file has instead, in a planner's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date as Date  # noqa: N812 - told apart from values called date
from typing import Any

from planner.spelling import did_you_mean, quoted, shown
from planner.yamlfile.tree import NOTHING, Node

JsonSchema = Mapping[str, Any]

_RANGES = ("greater_than_equal", "less_than_equal", "greater_than", "less_than", "finite_number")
_YES = ("yes", "y", "on", "ja", "j", "true")
_NO = ("no", "n", "off", "nei", "false")


def listed(words: Sequence[str], last: str = "or") -> str:
    """Return words with commas, and ``or`` before the last."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def expected(schema: JsonSchema) -> str:
    """Return what a part of the schema accepts, as a noun phrase."""
    if "const" in schema:
        return str(schema["const"])
    if is_union(schema):
        others = [expected(branch) for branch in schema["oneOf"] if "enum" not in branch]
        return " or ".join([*_one_of(_choices(schema)), *others])
    if "enum" in schema:
        return _one_of(_choices(schema))[0]
    match schema["type"]:
        case "string":
            phrase = _expected_date(schema) if schema.get("format") == "date" else "text"
        case "boolean":
            phrase = "true or false"
        case "integer":
            phrase = f"a whole number{_bounds(schema)}"
        case "number":
            phrase = f"a number{_bounds(schema)}"
        case "array":
            phrase = _expected_list(schema)
        case _:
            phrase = _expected_section(schema)
    return phrase


def sentence(phrase: str) -> str:
    """Return ``<Phrase> is expected.``"""
    return f"{phrase[:1].upper()}{phrase[1:]} is expected."


def got(node: Node) -> str:
    """Return what a node is, with the text in the file where YAML reads it otherwise."""
    value, read = node.content, str(node.content)
    if isinstance(value, bool):
        told = f"got the truth value {node.written}"
    elif isinstance(value, int) and read != node.written:
        told = f"got {node.written}, which YAML reads as the number {read}"
    elif isinstance(value, int | float):
        told = f"got the number {node.written}"
    elif isinstance(value, Date):
        told = f"got the date {node.written}"
    elif isinstance(value, str):
        told = f"got the text {quoted(value)}"
    elif isinstance(value, Mapping):
        told = "got a section with keys"
    else:
        told = "has no value" if value is NOTHING else "got a list"
    return f"{told}."


def hint(node: Node, schema: JsonSchema) -> str:
    """Return how to write a value that has the wrong type, or nothing."""
    value, kind = node.content, schema.get("type")
    if isinstance(value, str):
        return _text_hint(value, schema)
    if kind == "array" and isinstance(value, Mapping):
        return " Start each entry with a dash (-)."
    if kind == "string" and isinstance(value, int | float | Date) and "format" not in schema:
        return f' Write it in quotes: "{node.written}".'
    if kind == "integer" and isinstance(value, float) and value.is_integer():
        return f" Write {value:.0f}."
    return ""


def colon_hint(node: Node) -> str:
    """Return how to part key and value where a missing space has made one key of both."""
    key, colon, value = node.path[-1].partition(":")
    parted = colon and value and node.content is NOTHING
    return f" Write a space after the colon: {shown(key)}: {shown(value)}." if parted else ""


def missing_key(schema: JsonSchema) -> str:
    """Say that a key is missing, what it is for, and what is expected."""
    return f"the key is missing. {schema.get('description', '')} {sentence(expected(schema))}"


def unknown_key(node: Node, around: JsonSchema, top: JsonSchema) -> str:
    """Say that a key is unknown, which keys are valid, and which may have been meant.

    Parameters
    ----------
    node : value of the key.
    around, top : schemas of the section in which it stands, and of the whole file.
    """
    name, valid = node.path[-1], sorted(around["properties"])
    sections = [section for key, section in _places(top, "") if key == name]
    meant = colon_hint(node) or did_you_mean(name, valid)
    if isinstance(node.name, int) and node.content is NOTHING:
        meant = " Decimals take a point, not a comma."
    elif not meant and len(sections) == 1:
        where = f"under {sections[0]}" if sections[0] else "at the top level"
        meant = f" '{name}' belongs {where}."
    return f"unknown key. Valid keys here: {', '.join(valid)}.{meant}"


def unfit_key(node: Node, kind: str, around: JsonSchema) -> str:
    """Say what is wrong with a free key, such as a municipality's number without quotes.

    Parameters
    ----------
    node : value of the key.
    kind : pydantic's type of error.
    around : schema of the section in which it stands.
    """
    key = replace(node, content=node.name, written=node.path[-1])
    if kind == "string_too_short":
        return "the key is empty. Text is expected."
    if kind == "unshown":
        return f"the key {_unshown(str(node.name))}"
    if kind == "string_too_long":
        return f"the key has {len(node.path[-1])} characters. At most 100 are expected."
    wrong = "the key is out of range." if kind in _RANGES else f"the key is wrong: {got(key)}"
    text = hint(key, {"type": "string"}) if isinstance(node.name, int) else ""
    phrase = str(around.get("propertyNames", {}).get("description", "text"))
    return f"{wrong} {sentence(phrase)}{'' if kind in _RANGES else text}"


def misfit(node: Node, kind: str, schema: JsonSchema, around: JsonSchema) -> str:
    """Say what is wrong with a value, what is expected, and how to write it.

    Parameters
    ----------
    node : the value.
    kind : pydantic's type of error.
    schema, around : schemas of what is expected, and of the list or section in which it stands.
    """
    value, what = node.content, sentence(expected(schema))
    if amount := _amount(value, kind, schema, what):
        return amount
    if kind in _RANGES:
        return f"{node.written} is out of range. {what}"
    if isinstance(value, str) and kind == "literal_error":
        meant = " Write it without quotes." if value == str(schema.get("const")) else ""
        return f"got {quoted(value)}. {what}{meant or did_you_mean(value, _choices(schema))}"
    if schema.get("type") == around.get("type") == "array":
        return f"{got(node)} {what} Write a list of lists: [[..., ...], ...]."
    return f"{got(node)} {what}{hint(node, schema)}{colon_hint(node)}"


def _amount(value: object, kind: str, schema: JsonSchema, what: str) -> str:
    """Say that text or a list has too much or too little in it; empty if that is not the fault."""
    if kind == "string_too_short":
        return f"the text is empty. {what}"
    if isinstance(value, str) and kind == "unshown":
        return f"the text {_unshown(value)}"
    if isinstance(value, str) and kind == "string_too_long":
        return f"the text has {len(value)} characters. At most {schema['maxLength']} are expected."
    if isinstance(value, tuple) and kind in ("too_short", "too_long"):
        return f"the list has {len(value)} {'entry' if len(value) == 1 else 'entries'}. {what}"
    return ""


def _unshown(text: str) -> str:
    """Say why a text cannot stand on one line."""
    broken = "\n" in text.strip() or "\t" in text.strip()
    return (
        "has a line break or tab. One line is expected."
        if broken
        else ("has no character that can be seen. Words are expected.")
    )


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


def _one_of(choices: list[str]) -> list[str]:
    return [f"one of {', '.join(choices)}"] if choices else []


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


def _expected_list(schema: JsonSchema) -> str:
    items = schema["items"]
    kinds = {"string": " of names", "array": " of lists of names", "object": " of sections"}
    of = kinds.get(items.get("type", ""), "")
    least, most = schema.get("minItems"), schema.get("maxItems")
    if least == most == 2:  # noqa: PLR2004
        return "a list of two names"
    return f"a list{of} with at least {least} entry" if least else f"a list{of}"


def _expected_date(schema: JsonSchema) -> str:
    first, last = schema.get("formatMinimum"), schema.get("formatMaximum")
    return f"a date such as 2018-01-31, from {first} to {last}," if first else "a date"


def _expected_section(schema: JsonSchema) -> str:
    if "properties" in schema:
        return f"a section with the keys {listed(list(schema['properties']), 'and')}"
    return f"a section of keys, each with {expected(schema['additionalProperties'])}"


def _bounds(schema: JsonSchema) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    above = schema.get("exclusiveMinimum")
    if above is not None:
        return f" above {above:.12g} and at most {high:.12g}"
    return "" if low is None or high is None else f" from {low:.12g} to {high:.12g}"


def _text_hint(text: str, schema: JsonSchema) -> str:
    """Return how to write text where something else is expected, or nothing."""
    kind, word, meant = schema.get("type"), text.casefold(), ""
    if kind == "array":
        is_plain = schema["items"].get("type") == "string"
        meant = f" Write it as a list: [{shown(text)}]." if is_plain else ""
    elif kind == "boolean":
        meant = " Did you mean true?" if word in _YES else ""
        meant = " Did you mean false?" if word in _NO else meant
    elif kind in ("integer", "number"):
        number = _as_number(text)
        meant = f" Write {number}." if number else ""
    return meant


def _as_number(text: str) -> str | None:
    """Read a number as Norwegians write it: decimal comma, spaces between thousands, percent."""
    digits = re.sub(r"(?<=\d)\s(?=\d{3})", "", text.strip()).replace(",", ".").replace("−", "-")
    share = re.fullmatch(r"(\d{1,2}(?:\.\d+)?)\s?%", digits)
    if share:
        return f"{float(share.group(1)) / 100:.12g}"
    return digits if re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", digits) else None
