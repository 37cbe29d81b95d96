"""A table of the bundle that is written in YAML -> its sections by key, every fault at its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from pydantic import BaseModel, RootModel

from planner.errors import DataError
from planner.io.bundle import Bundle
from planner.yamlfile.fit import fit
from planner.yamlfile.parse import read_lines
from planner.yamlfile.schema import WrittenSchema
from planner.yamlfile.text_file import read_text
from planner.yamlfile.tree import Node, TextFault
from planner.yamlfile.wording import dereferenced

Key = TypeVar("Key", str, int)
Section = TypeVar("Section", bound=BaseModel)


def read_yaml_table(
    bundle: Bundle,
    table_id: str,
    shape: type[RootModel[dict[Key, Section]]],
    contradictions: Callable[[Node, Mapping[Key, Section]], Iterable[TextFault]],
) -> dict[Key, Section]:
    """Read a YAML table's sections by key, in the file's order.

    Parameters
    ----------
    bundle, table_id : the registered file.
    shape : vocabulary of the file; all its parts forbid unknown keys.
    contradictions : finds, in a file whose every part fits, what does not go together.

    Raises
    ------
    DataError : the file cannot be read as YAML, has an unknown, missing or repeated key, or a
        value that does not fit; all faults at once, each at its line.
    """
    path = bundle.path(table_id)
    text = read_text(path)
    if isinstance(text, TextFault):
        raise DataError([text.fault(str(path))])
    reading = read_lines(text)
    sections: dict[Key, Section] = {}
    findings = list(reading.findings)
    if reading.root is not None:
        schema = dereferenced(shape.model_json_schema(schema_generator=WrittenSchema))
        fitted = fit(reading.root, shape, schema, {})
        findings += fitted.findings
        if not findings and fitted.value is not None:
            sections = fitted.value.root
            findings += contradictions(reading.root, sections)
    if findings:
        raise DataError(finding.fault(str(path)) for finding in findings)
    return sections
