"""The JSON Schemas: current, explained in both languages, and of one mind with the loader where they can be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from checker.authoring.schemas import KINDS, file_name, schema_of, schema_text
from checker.cli import run
from tests.rulebook.writing import FOLLOW_UPS, INDICATORS, PLAN, SECTION, SMALL, loaded

ROOT = Path(__file__).parents[2]
RULEBOOKS = [ROOT / "rules" / "pingluo-2021-2025", ROOT / "fixtures" / "tiny-plan"]
COVERAGE = "settled:\n  - {section: 三（三）2, clause: 覆盖率和利用率, reason: 没有数字}\n"


class _AsEditorsRead(yaml.SafeLoader):
    """YAML 1.2's core schema knows no dates."""


_AsEditorsRead.yaml_implicit_resolvers = {
    sign: [(tag, form) for tag, form in known if not tag.endswith("timestamp")]
    for sign, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _kind(name: str) -> str:
    stem = name.removesuffix(".yaml")
    return stem if stem in KINDS else "section"


def _faults(kind: str, text: str) -> list[str]:
    content = yaml.load(text, Loader=_AsEditorsRead)  # noqa: S506 (a SafeLoader)
    return [fault.json_path for fault in jsonschema.Draft202012Validator(schema_of(kind)).iter_errors(content)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_copies_kept_beside_the_rules_are_current(kind: str) -> None:
    assert (ROOT / "rules" / "schemas" / file_name(kind)).read_text(encoding="utf-8") == schema_text(kind)


def test_every_schema_is_a_schema_and_no_copy_is_left_over() -> None:
    for kind in KINDS:
        jsonschema.Draft202012Validator.check_schema(schema_of(kind))
    assert {path.name for path in (ROOT / "rules" / "schemas").iterdir()} == {file_name(kind) for kind in KINDS}


@pytest.mark.parametrize("path", [path for folder in RULEBOOKS for path in folder.glob("*.yaml")], ids=lambda p: p.name)
def test_the_shipped_and_the_tiny_plan_are_valid(path: Path) -> None:
    assert _faults(_kind(path.name), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", list(RULEBOOKS[0].glob("*.yaml")), ids=lambda path: path.name)
def test_each_shipped_file_names_its_schema_to_editors(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema=../schemas/{file_name(_kind(path.name))}"
    assert (path.parent / first.partition("$schema=")[2]).is_file()


def test_the_small_rulebook_of_the_tests_is_valid() -> None:
    assert [_faults(_kind(name), text) for name, text in SMALL.items()] == [[]] * len(SMALL)
    assert _faults("coverage", COVERAGE) == []


@pytest.mark.parametrize(
    ("kind", "text", "old", "new"),
    [
        ("plan", PLAN, "id: small\n", ""),
        ("plan", PLAN, "window: 2023", "window: soon"),
        ("plan", PLAN, "from: 2023-01-01", "from: '2023'"),
        ("plan", PLAN, "from: 02-01", "from: 2-1"),
        ("plan", PLAN, "books: 图书局", "'a:b': 图书局"),
        ("plan", PLAN, "title: 小规划\n", "title: {zh: 小规划}\n"),
        ("indicators", INDICATORS, "nature: flow", "nature: flwo"),
        ("indicators", INDICATORS, "    counts: 场\n", ""),
        ("indicators", INDICATORS, "{department: books}", "{departement: books}"),
        ("section", SECTION, "every: year", "evry: year"),
        ("section", SECTION, "{total: talks}", "{total: talks, change: talks}"),
        ("section", SECTION, "{total: talks}", "{}"),
        ("section", SECTION, '{at_least: "2"}', '{at_least: "两次"}'),
        ("section", SECTION, '{at_least: "2"}', '{at_least: "2", at_most: "3"}'),
        ("section", SECTION, '{at_least: "2"}', '{between: ["2"]}'),
        ("section", SECTION, '{at_least: "2"}', "[]"),
        ("section", SECTION, "id: a.talks", "id: a talks"),
        ("section", SECTION, "lead: [books, towns]", "lead: books"),
        ("follow-ups", FOLLOW_UPS, 'repeat: "2"', 'repeat: "0"'),
        ("follow-ups", FOLLOW_UPS, 'repeat: "2"', 'repeat: "2", cluster: "2"'),
        ("follow-ups", FOLLOW_UPS, "unit_types: all", "unit_types: every"),
        ("coverage", COVERAGE, ", reason: 没有数字", ""),
    ],
)
def test_what_the_loader_refuses_editors_refuse_too(kind: str, text: str, old: str, new: str) -> None:
    assert text.count(old) == 1
    broken = text.replace(old, new)
    names = {"plan": "plan.yaml", "indicators": "indicators.yaml", "section": "1.yaml", "follow-ups": "follow-ups.yaml"}
    assert loaded({**SMALL, names.get(kind, "coverage.yaml"): broken}).rulebook is None
    assert _faults(kind, broken)


def _keys(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for part in (schema, *schema["$defs"].values()):
        yield from part.get("properties", {}).items()


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_explained_in_both_languages_with_examples_that_are_valid(kind: str) -> None:
    schema = schema_of(kind)
    for key, told in _keys(schema):
        assert re.search("[\u4e00-\u9fff]", told["description"]), key
        assert re.search("。[A-Z]", told["description"]), key
        assert told["examples"], key
        for example in told["examples"]:
            jsonschema.Draft202012Validator({**told, "$defs": schema["$defs"]}).validate(example)


def test_the_command_gives_one_or_writes_all(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["rules", "schema", "plan"]) == 0
    assert json.loads(capsysbinary.readouterr().out)["title"].startswith("plan.yaml")
    assert run(["rules", "schema", "--output", str(tmp_path / "new")]) == 0
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(file_name(kind) for kind in KINDS)
    assert run(["rules", "schema"]) == 2
