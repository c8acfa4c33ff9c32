"""Random mutations of a tiny county's files: whatever is handed in, the answer is verdicts or problems, never a crash.

Run ``python -m tests.hostile.mutating 10000`` for many; the tests run some hundreds of the same.
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from checker.cli import run

TOKENS = (
    "", "撤回", "withdrawn", "NaN", "-1", "1e9", "0", "1", "１２", "1.2万", "99%", "2024", "2024-2025-1", "2024-2025-9",
    "9999-Q4", "2024-02-30", "2024-09-01T08:30+08:00", "school", "一中", "lectures", "科普讲座次数", ",", '"', "\n",
    "\r\n", ";", "\x00", "\ufeff", "\u202e", "\x1b[31m", "=1+1", "- &a [*a]", "!!python/object:os.system", "{", "}",
    "[" * 60, "'", "\ud7ff", "𠀀", "是", "否", "true", "null", "~", "0001", "9999-12-31", "a" * 300,
)  # fmt: skip

FILES = {
    "units.csv": """\
id,name,type,parent,opened,closed
pingluo,平罗县,county,,,
chengguan,城关镇,township,pingluo,,
school,一中,school,chengguan,2023-09-01,
v1,一村,village,chengguan,,2025-01-01
finance,县财政局,department,pingluo,,
publicity,县委宣传部,department,pingluo,,
""",
    "submissions/a.csv": """\
单位,指标,期间,数值,报送时间
一中,科普讲座次数,2024-2025-1,2,2025-01-10
school,science_teachers,2024-2025-1,１,
v1,info_officers,2024,1,
finance,science_budget,2023,1.2万,2024-01-05
finance,science_budget,2024,13000,
""",
    "submissions/b.yaml": """\
unit: 一中
period: 2024-2025-2
reported_at: 2025-06-30T10:00
values:
  science_lectures: 1
  students_participating: {value: 84, evidence: 照片, note: 无}
  students_enrolled: 100
---
unit: chengguan
period: 2024
values: {farmers_cultivated: '1,200'}
""",
    "submissions/c/d.json": """\
[{"unit": "publicity", "period": "2024", "values": {"app_reach": 12000, "app_registrations": 800}}]
""",
    "waivers.csv": """\
id,rule,unit,periods,from,until,reason,approved_by
W1,youth.lectures,school,2024-2025-2,,2025-12-31,翻修,县政府
""",
    "waivers.yaml": """\
- id: W2
  rule: rural.info-officer
  unit: v1
  until: 2026-06-30
  reason: 搬迁
  approved_by: 县政府
""",
}


def write(folder: Path) -> None:
    """Write the tiny county to `folder`."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


def _bytes(rng: random.Random, content: bytes) -> bytes:
    place = rng.randrange(len(content) + 1)
    return content[:place] + rng.randbytes(rng.randrange(1, 4)) + content[place + rng.randrange(3) :]


def _token(rng: random.Random, content: bytes) -> bytes:
    place = rng.randrange(len(content) + 1)
    return content[:place] + rng.choice(TOKENS).encode() + content[place:]


def _cell(rng: random.Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    number = rng.randrange(len(lines))
    cells = lines[number].split(b",")
    cells[rng.randrange(len(cells))] = rng.choice(TOKENS).encode()
    return b"\n".join([*lines[:number], b",".join(cells), *lines[number + 1 :]])


def _lines(rng: random.Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    taken = lines.pop(rng.randrange(len(lines)))
    for _ in range(rng.randrange(3)):
        lines.insert(rng.randrange(len(lines) + 1), taken)
    return b"\n".join(lines)


def _cut(rng: random.Random, content: bytes) -> bytes:
    return content[: rng.randrange(len(content) + 1)]


def _recoded(rng: random.Random, content: bytes) -> bytes:
    text = content.decode("utf-8", "replace")
    return text.encode(rng.choice(("gb18030", "utf-16", "utf-8-sig", "utf-32-le")), "replace")


MUTATIONS: tuple[Callable[[random.Random, bytes], bytes], ...] = (_bytes, _token, _cell, _cell, _lines, _cut, _recoded)


def mutate(rng: random.Random, folder: Path) -> None:
    """Change one or more files of the county in `folder`; sometimes lose or move one."""
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        path = folder / rng.choice(list(FILES))
        if not path.is_file():
            continue
        fate = rng.random()
        if fate < 0.03:
            path.unlink()
        elif fate < 0.06:
            path.rename(path.with_suffix(rng.choice((".csv", ".yaml", ".json", ".parquet", ".xlsx", ".txt"))))
        else:
            path.write_bytes(rng.choice(MUTATIONS)(rng, path.read_bytes()))


def answer(rng: random.Random, folder: Path) -> int:
    """Check the county in `folder` and give the exit status; raises AssertionError where the answer is no answer."""
    options = [*(["--keep-going"] if rng.random() < 0.6 else []), "--engine", rng.choice(("plain", "durable"))]
    output = folder.parent / "answer.json"
    with contextlib.redirect_stderr(io.StringIO()) as said:
        status = run(
            ["check", str(folder), "--format", "json", "--as-of", "2025-12-31", "--output", str(output), *options]
        )
    assert status in (0, 1, 2), f"exit status {status}: {said.getvalue()}"
    record = json.loads(output.read_bytes())
    errors = [problem for problem in record["problems"] if problem["severity"] == "error"]
    assert (record["findings"] is None) is (status == 2)
    assert status != 2 or errors, "refused without a problem"
    assert all(problem["message"] and problem["hint"] for problem in record["problems"]), "a problem without words"
    return status


def once(seed: int, workshop: Path) -> int:
    """Mutate a fresh county by `seed` and check it; what fails stays in `workshop` as a data folder."""
    rng = random.Random(seed)
    folder = workshop / "county"
    shutil.rmtree(folder, ignore_errors=True)
    write(folder)
    mutate(rng, folder)
    return answer(rng, folder)


def main() -> None:
    """Run as many mutations as the first argument says and print how they ended."""
    many = int(sys.argv[1])
    ends: Counter[int] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(many):
            try:
                ends[once(seed, Path(folder))] += 1
            except BaseException:
                sys.stdout.write(f"seed {seed} failed\n")
                raise
    sys.stdout.write(f"{many} mutations: " + ", ".join(f"exit {end}: {n}" for end, n in sorted(ends.items())) + "\n")


if __name__ == "__main__":
    main()
