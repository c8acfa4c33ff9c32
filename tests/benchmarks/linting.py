"""Prints how long it takes to lint a generated rulebook: ``python -m tests.benchmarks.linting [RULES]``."""

from __future__ import annotations

import sys
import tempfile
import textwrap
import time
from pathlib import Path

from checker.authoring.check import Example
from checker.authoring.checks.sample import rule
from checker.authoring.linting import lint
from tests.authoring.linting import texts_of

_A_SECTION = 100


def write(folder: Path, rules: int) -> None:
    """Write a clean rulebook of so many rules to `folder`, a hundred to a section."""
    texts = texts_of(Example())
    del texts["1.yaml"]
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    for first in range(0, rules, _A_SECTION):
        written = "".join(_rule(number) for number in range(first, min(first + _A_SECTION, rules)))
        section = f"section: 第{first}节\ntitle: 一节\nlead: [education]\nrules:\n{textwrap.indent(written, '  ')}"
        (folder / f"s{first:05d}.yaml").write_text(section, encoding="utf-8")


def _rule(number: int) -> str:
    title = f"{{zh: 每学期举办科普讲座不少于{number + 1}次, en: At least {number + 1} lectures each semester}}"
    target = f'[{{at_least: "{number + 1}"}}, {{from: 2024-01-01, at_least: "{number + 1}"}}]'
    clause = f"{{paragraph: '3', clause: 每学期举办科普讲座不少于{number + 1}次}}"
    return rule(id=f"rule.{number}", title=title, source=clause, target=target)


def main() -> None:
    """Lint a rulebook of as many rules as the first argument says, 1,000 unless told, and print the seconds."""
    rules = int(sys.argv[1]) if sys.argv[1:] else 1000
    with tempfile.TemporaryDirectory() as name:
        write(Path(name), rules)
        started = time.perf_counter()
        found = lint(Path(name))
        took = time.perf_counter() - started
    sys.stdout.write(f"{rules} rules linted in {took:.2f} s, {len(found)} notices\n")


if __name__ == "__main__":
    main()
