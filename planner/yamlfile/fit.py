"""First pass over a planner's file: does its shape fit the vocabulary?

Pydantic finds the faults; the JSON Schema of the same model words what is expected. What does not
fit is left out, and what remains is returned too, so that later passes can check it at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from planner.yamlfile.tree import KeyPath, Node, TextFault
from planner.yamlfile.wording import (
    JsonSchema,
    is_union,
    misfit,
    missing_key,
    unfit_key,
    unknown_key,
)

Model = TypeVar("Model", bound=BaseModel)

_UNKNOWN = ("extra_forbidden", "invalid_key")


@dataclass(frozen=True)
class Fit(Generic[Model]):
    """What of a file fits the vocabulary.

    Attributes
    ----------
    value : built from the parts that fit; None where too little does.
    root : the tree of these parts, with their places in the file.
    findings : every part that does not fit.
    broken : paths of what does not fit; of the section around it where a key is unknown.
    """

    value: Model | None
    root: Node
    findings: list[TextFault]
    broken: frozenset[KeyPath]


def fit(
    root: Node, model: type[Model], schema: JsonSchema, stand_ins: Mapping[str, Any]
) -> Fit[Model]:
    """Fit a tree to a model.

    Parameters
    ----------
    root : the whole file.
    model : vocabulary; all its parts forbid unknown keys.
    schema : JSON Schema of the same model, without references.
    stand_ins : top-level key -> value that completes what fits, where the file has none.
    """
    faults: list[_Fault] | None = None
    rest: Node | None = root
    value: Model | None = None
    while rest is not None and value is None:
        root = rest
        try:
            value = model.model_validate(root.plain())
        except ValidationError as error:
            details = error.errors(include_url=False, include_input=False)
            here = [_placed(detail, root, schema) for detail in details]
            # Faults of later rounds only follow from what was left out.
            faults = here if faults is None else faults
            rest = _without(root, here, stand_ins)
    findings = [fault.finding(schema) for fault in faults or ()]
    return Fit(value, root, findings, frozenset(fault.broken for fault in faults or ()))


@dataclass(frozen=True)
class _Fault:
    """One of pydantic's errors, at its place in the tree and in the schema.

    Attributes
    ----------
    kind : pydantic's type of error.
    node, path : what is at fault, or the section that lacks a key.
    name : the key that is unknown, missing or at fault.
    told, above : schema of what is at fault, and of the section or list around it.
    is_key : whether the key rather than its value is at fault.
    """

    kind: str
    node: Node
    path: KeyPath
    name: str | int
    told: JsonSchema
    above: JsonSchema
    is_key: bool

    @property
    def broken(self) -> KeyPath:
        if self.kind == "missing":
            return (*self.path, self.name)
        return self.path[:-1] if self.kind in _UNKNOWN or self.is_key else self.path

    def finding(self, schema: JsonSchema) -> TextFault:
        if self.kind == "missing":
            path = (*self.node.path, str(self.name))
            return TextFault(self.node.line, path, lambda: missing_key(self.told))
        if self.kind in _UNKNOWN:
            return TextFault.at(self.node, lambda: unknown_key(self.node, self.above, schema))
        if self.is_key:
            return TextFault.at(self.node, lambda: unfit_key(self.node, self.kind, self.above))
        return TextFault.at(self.node, lambda: misfit(self.node, self.kind, self.told, self.above))


def _placed(detail: ErrorDetails, root: Node, schema: JsonSchema) -> _Fault:
    node, told, above = root, schema, schema
    path: list[str | int] = []
    is_key = False
    for step in detail["loc"]:
        if is_union(schema):  # the step is the tag of an alternative, which is its type
            schema = next(branch for branch in schema["oneOf"] if branch["type"] == step)
        elif step == "[key]":
            is_key = True
        else:
            above, schema = schema, _below(schema, step)
            told = schema
            child = node.child(step)
            if child is not None:
                node = child
                path.append(step)
    name = detail["loc"][-1] if detail["loc"] else ""
    return _Fault(detail["type"], node, tuple(path), name, told, above, is_key)


def _below(schema: JsonSchema, step: str | int) -> JsonSchema:
    """Return the schema of a key's value, or of a list's entry; empty for an unknown key."""
    free = schema.get("additionalProperties") or schema.get("items") or {}
    part: JsonSchema = schema.get("properties", {}).get(step, free)
    return part


def _without(root: Node, faults: Iterable[_Fault], stand_ins: Mapping[str, Any]) -> Node | None:
    """Leave out what is at fault; None where the whole file then is."""
    lacking = {fault.name for fault in faults if fault.kind == "missing" and not fault.path}
    if not lacking <= set(stand_ins):
        return None
    left_out = {fault.path for fault in faults if fault.path}
    kept = _pruned(root, (), left_out)
    content = dict(_named(kept))
    for name in lacking:
        content[name] = Node(root.line, (str(name),), name, stand_ins[str(name)])
    return replace(kept, content=content)


def _pruned(node: Node, path: KeyPath, left_out: set[KeyPath]) -> Node:
    kept = [
        (name, _pruned(child, (*path, name), left_out))
        for name, child in _named(node)
        if (*path, name) not in left_out
    ]
    if isinstance(node.content, Mapping):
        return replace(node, content=dict(kept))
    if isinstance(node.content, tuple):
        return replace(node, content=tuple(child for _, child in kept))
    return node


def _named(node: Node) -> Iterable[tuple[str | int, Node]]:
    if isinstance(node.content, Mapping):
        return node.content.items()
    return enumerate(node.children)
