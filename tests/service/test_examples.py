"""The documentation shows an example of everything, and each is what its schema says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from checker.service.api.app import routes
from checker.service.api.examples import Unexampled, sample
from tests.service.office import Office

PROBLEM = "application/problem+json"


@pytest.fixture
def document(desk_office: Office) -> dict[str, Any]:
    told: dict[str, Any] = desk_office.client.get("/api/v1/openapi.json").json()
    return told


def operations(document: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            yield f"{method.upper()} {path}", told


def is_json(kind: str) -> bool:
    return kind.endswith(("/json", "+json"))


def parts(document: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Go through everything that has to have an example: parameters, bodies, JSON answers and problems."""
    for name, told in operations(document):
        for one in told.get("parameters", ()):
            yield f"{name} {one['name']}", one
        for kind, one in told.get("requestBody", {}).get("content", {}).items():
            yield f"{name} {kind}", one
        for status, answer in told["responses"].items():
            for kind, one in answer.get("content", {}).items():
                if is_json(kind) and (status.startswith("2") or kind == PROBLEM):
                    yield f"{name} {status} {kind}", one


def shown(part: dict[str, Any]) -> list[Any]:
    if "example" in part:
        return [part["example"]]
    return [one["value"] for one in part.get("examples", {}).values() if "value" in one]


def test_every_parameter_body_and_answer_has_an_example_that_its_schema_allows(document: dict[str, Any]) -> None:
    checked = 0
    for name, part in parts(document):
        assert shown(part) or any("externalValue" in one for one in part.get("examples", {}).values()), name
        validator = Draft202012Validator(
            {**part["schema"], "components": document["components"]}, format_checker=FormatChecker()
        )
        for example in shown(part):
            faults = [fault.message for fault in validator.iter_errors(example)]
            assert not faults, (name, faults)
            checked += 1
    assert checked > 700


def test_every_error_is_shown_as_it_is_answered(document: dict[str, Any]) -> None:
    for name, told in operations(document):
        for status, answer in told["responses"].items():
            if PROBLEM in answer.get("content", ()):
                assert answer["content"][PROBLEM]["example"]["status"] == int(status), name


def test_every_error_is_documented_as_a_problem(document: dict[str, Any]) -> None:
    for name, told in operations(document):
        for status, answer in told["responses"].items():
            if status >= "4":
                assert list(answer["content"]) == [PROBLEM], (name, status)


def test_a_part_without_an_example_is_told_by_name() -> None:
    with pytest.raises(Unexampled, match="nameless"):
        sample({"type": "object", "properties": {"a": {"type": "string", "title": "nameless"}}}, {})


def test_the_documentation_is_the_same_each_time_it_is_asked(desk_office: Office) -> None:
    desk: Any = None
    app = routes(desk)
    assert app.openapi() == app.openapi() == desk_office.client.get("/api/v1/openapi.json").json()
