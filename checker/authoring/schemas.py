"""JSON Schema of a rulebook's files, by which editors complete and check while somebody types.

Draft 2020-12. What needs two places to be seen, such as an unknown indicator, is left to `checker rules lint`.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from checker.rulebook.coverage_schema import CoverageFile
from checker.rulebook.follow_up_schema import FollowUpsFile
from checker.rulebook.rule_schema import SectionFile
from checker.rulebook.schema import IndicatorsFile, PlanFile
from checker.rulebook.shapes import Entry

KINDS: dict[str, tuple[type[Entry], str]] = {
    "plan": (PlanFile, "plan.yaml：规划本身。The plan as a whole."),
    "indicators": (IndicatorsFile, "indicators.yaml：报送的指标。What is reported, by whom."),
    "section": (SectionFile, "规划的一节和它的规则。A section of the plan with its rules."),
    "follow-ups": (FollowUpsFile, "follow-ups.yaml：后续措施。What several findings give rise to."),
    "coverage": (CoverageFile, "coverage.yaml：不立规则的条款。Clauses that need no rule, and why."),
}
"""The kinds of files of a rulebook; a section's file may have any other name."""


class _ForEditors(GenerateJsonSchema):
    """A schema of texts as people write them: no null, and a number or 是 without quotes is a text too."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Give the schema of what is there when it is there."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Give the schema without the default: the description tells it."""
        return self.generate_inner(schema["schema"])

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Give the schema of a text."""
        return {**super().str_schema(schema), "type": ["string", "number", "boolean"]}

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 (pydantic's signature)
        """Give no titles: they would repeat the keys."""
        return False

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Give the schema of a mapping with free keys; those have a form."""
        given = super().dict_schema(schema)
        return given | {"additionalProperties": False} if "patternProperties" in given else given


def schema_of(kind: str) -> dict[str, Any]:
    """Give the schema of the files of a `kind`, one of `KINDS`."""
    model, title = KINDS[kind]
    schema = model.model_json_schema(by_alias=True, schema_generator=_ForEditors)
    # Names and docstrings of classes speak to programmers; each key has its own description.
    for definition in (schema, *schema["$defs"].values()):
        definition.pop("title", None)
        definition.pop("description", None)
    return {"$schema": GenerateJsonSchema.schema_dialect, "title": title, **schema}


def schema_text(kind: str) -> str:
    """Give the schema of the files of a `kind` as JSON."""
    return json.dumps(schema_of(kind), ensure_ascii=False, indent=1) + "\n"


def file_name(kind: str) -> str:
    """Give what the schema of a `kind` is called where it is kept."""
    return f"{kind}.schema.json"
