"""The house stays as it was drawn: who imports whom, and how long a file is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKER = Path(__file__).parents[1] / "checker"
FILES = sorted(CHECKER.rglob("*.py"))
ROOMS = {
    "model": set(),
    "documents": {"model"},
    "rulebook": {"model", "documents"},
    "intake": {"model", "documents"},
    "engines": {"model"},
    "advising": {"model", "engines"},
    "auditing": {"model"},
    "explaining": {"model"},
    "reporting": {"model", "explaining"},
    "store": {"model"},
    "baseline": {"model", "engines", "reporting", "checking", "repeating"},
    "templates": {"model", "explaining"},
    "reviewing": {"model"},
}
ONLY_IN: dict[str, str | tuple[str, ...]] = {
    "durable": "engines/durable.py",
    "duckdb": ("intake/parquet.py", "engines/columnar/"),
    "click": "cli/",
    "docx": "reporting/notice_docx.py",
    "weasyprint": "reporting/notice_pdf.py",
    "gherkin": "authoring/testing/running.py",
    "pytest": "authoring/testing/",
    "pytest_bdd": "authoring/testing/",
    "python_calamine": "intake/workbook/child.py",
    "subprocess": ("authoring/comparing/revision.py", "intake/workbook/cells.py", "service/apart/sandbox.py"),
    "pickle": "service/apart/",
    "yaml": "documents/yaml_text.py",
    "sqlalchemy": "store/",
    "alembic": "store/",
    "fastapi": ("service/api/", "service/pages/"),
    "starlette": ("service/api/", "service/pages/"),
    "limits": "service/api/identity.py",
    "prometheus_client": "service/api/metrics.py",
    "argon2": "service/passwords.py",
    "uvicorn": "service/serving.py",
    "structlog": "service/",
    "jinja2": ("reporting/html_format.py", "service/pages/rendering.py"),
    "xlsxwriter": ("templates/", "reporting/xlsx_format.py", "reporting/reminder_xlsx.py", "reporting/paper.py"),
}


def _imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno


def _relative(file: Path) -> str:
    return file.relative_to(CHECKER).as_posix()


@pytest.mark.parametrize("file", FILES, ids=_relative)
def test_a_room_knows_only_the_rooms_drawn_for_it(file: Path) -> None:
    room = _relative(file).split("/")[0]
    if room not in ROOMS:
        return
    known = {"checker." + other for other in ROOMS[room] | {room}} | {"checker"}
    for module, _ in _imports(ast.parse(file.read_text(encoding="utf-8"))):
        if module.startswith("checker"):
            assert ".".join(module.split(".")[:2]) in known, f"{_relative(file)} must not know {module}"


@pytest.mark.parametrize(("library", "home"), ONLY_IN.items())
def test_a_library_is_imported_in_one_place(library: str, home: str | tuple[str, ...]) -> None:
    for file in FILES:
        modules = {module.split(".")[0] for module, _ in _imports(ast.parse(file.read_text(encoding="utf-8")))}
        assert library not in modules or _relative(file).startswith(home), f"{library} in {_relative(file)}"


@pytest.mark.parametrize("file", FILES, ids=_relative)
def test_an_import_inside_a_function_gives_its_reason(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    tree = ast.parse(text)
    outer = {line for node in tree.body for _, line in _imports(node) if isinstance(node, ast.Import | ast.ImportFrom)}
    lines = text.splitlines()
    for module, line in _imports(tree):
        if line not in outer and "TYPE_CHECKING" not in text:
            around = lines[max(line - 4, 0) : line]
            assert any(part.strip().startswith("#") for part in around), f"{_relative(file)}:{line} hides {module}"


@pytest.mark.parametrize("file", FILES, ids=_relative)
def test_a_file_is_one_noun_under_300_lines_and_a_function_under_40(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or node.lineno) - node.lineno < 40, f"{node.name} is too long"
