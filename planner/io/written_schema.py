"""JSON Schema of what a planner can write, from the pydantic model of a file."""

from __future__ import annotations

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema


class WrittenSchema(GenerateJsonSchema):
    """Leaves out what a planner cannot write: null, and titles that repeat the key."""

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
