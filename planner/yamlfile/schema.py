"""JSON Schema of what a planner can write, from the pydantic model of a file."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from itertools import pairwise
from types import ModuleType

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema


class WrittenSchema(GenerateJsonSchema):
    """Leaves out what a planner cannot write: null, and titles that repeat the key.

    Keys are described by the docstrings of the model's attributes. They are read here and not by
    pydantic, which would read them whenever a model is imported: that alone took a tenth of a run.
    """

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Leave out null: a key that is given has a value."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Say plain defaults only, not sections and lists."""
        inner = self.generate_inner(schema["schema"])
        plain = isinstance(schema.get("default"), str | int | float)
        return inner | {"default": schema["default"]} if plain else inner

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002
        """Say no: the title would only repeat the key."""
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Describe every key by the docstring of its attribute."""
        written = super().model_schema(schema)
        model: type[BaseModel] = schema["cls"]
        descriptions = attribute_docstrings(model)
        for name, field in model.model_fields.items():
            key = field.alias or name
            if name in descriptions and key in written.get("properties", {}):
                written["properties"][key].setdefault("description", descriptions[name])
        return written


def attribute_docstrings(model: type[BaseModel]) -> dict[str, str]:
    """Return attribute -> the string that stands under it in the source, bases first."""
    docstrings: dict[str, str] = {}
    for base in reversed(model.__mro__):
        module = inspect.getmodule(base)
        if module is not None and issubclass(base, BaseModel) and base is not BaseModel:
            docstrings |= _docstrings_by_class(module).get(base.__name__, {})
    return docstrings


@cache
def _docstrings_by_class(module: ModuleType) -> dict[str, dict[str, str]]:
    return {
        node.name: dict(_documented(node.body))
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.ClassDef)
    }


def _documented(body: list[ast.stmt]) -> list[tuple[str, str]]:
    """Pair every annotated attribute with the string that follows it, if one does."""
    return [
        (attribute.target.id, inspect.cleandoc(below.value.value))
        for attribute, below in pairwise(body)
        if isinstance(attribute, ast.AnnAssign)
        and isinstance(attribute.target, ast.Name)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
        and isinstance(below.value.value, str)
    ]
