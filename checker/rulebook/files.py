"""The files of a rulebook's folder, each as nodes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from checker.documents.node import Node, TextError
from checker.documents.yaml_text import LARGEST, read_yaml
from checker.model.language import Text
from checker.model.problem import Code, Place, Problem
from checker.rulebook.source import Complaints, Source

PLAN, INDICATORS, FOLLOW_UPS, COVERAGE = "plan.yaml", "indicators.yaml", "follow-ups.yaml", "coverage.yaml"
_WHOLE = "."
_NAMED = (PLAN, INDICATORS, FOLLOW_UPS, COVERAGE)


class Files(NamedTuple):
    """The files that could be read; None or absent where one could not, or is not there."""

    plan: Source | None
    indicators: Source | None
    follow_ups: Source | None
    coverage: Source | None
    sections: list[Source]


def read_files(folder: Path, complaints: Complaints) -> Files:
    """Give the files of `folder`, noting what is missing or cannot be read; sections stand in order of file name."""
    try:
        entries = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        message = Text("没有这个文件夹，或打不开", "there is no such folder, or it cannot be opened")
        complaints.take(_missing(folder.name or str(folder), message, 0))
        return Files(None, None, None, None, [])
    names = [path.name for path in entries if path.suffix == ".yaml" and path.is_file()]
    sections = [name for name in names if name not in _NAMED]
    _check_others([path for path in entries if path.name not in names], len(_NAMED) + len(sections), complaints)
    return _read(folder.name, names, lambda name: _text(folder / name), complaints)


def read_texts(texts: Mapping[str, str], complaints: Complaints) -> Files:
    """Give the files whose `texts` are given by name, as those of a folder are, and touch no disk."""
    return _read(_WHOLE, sorted(texts), texts.__getitem__, complaints)


def _read(whole: str, names: list[str], text_of: Callable[[str], str], complaints: Complaints) -> Files:
    sections = [name for name in names if name not in _NAMED]
    _check_names(whole, names, sections, complaints)
    read = {
        name: _source(name, text_of, order, complaints)
        for order, name in enumerate([*_NAMED, *sections])
        if name in names
    }
    found = [source for name in sections if (source := read[name])]
    return Files(read.get(PLAN), read.get(INDICATORS), read.get(FOLLOW_UPS), read.get(COVERAGE), found)


def _check_names(whole: str, names: list[str], sections: list[str], complaints: Complaints) -> None:
    for order, name in enumerate((PLAN, INDICATORS)):
        if name not in names:
            complaints.take(_missing(name, Text(f"缺少 {name}", f"{name} is missing"), order))
    if not sections:
        complaints.take(_missing(whole, Text("没有任何一节的文件", "there is no file of a section"), len(_NAMED)))


def _check_others(others: list[Path], order: int, complaints: Complaints) -> None:
    """Complain of what lies in the folder and is not read, lest a section be lost by its file's name."""
    for path in others:
        if path.suffix.lower() == ".md":
            continue
        message = Text(f"规则文件夹里的 {path.name} 没有读取", f"{path.name} in the rulebook's folder is not read")
        hint = Text(
            f"规则文件请命名为 {path.stem}.yaml，直接放在这个文件夹里；其他文件请移走",
            f"name a file of rules {path.stem}.yaml, right in this folder; move others elsewhere",
        )
        complaints.take(Problem(Code.UNSUPPORTED_FILE, message, hint, Place(path.name, order=order)))


def _missing(name: str, message: Text, order: int) -> Problem:
    hint = Text(
        "规则文件夹要有 plan.yaml、indicators.yaml 和每节一个 .yaml 文件",
        "a rulebook's folder has plan.yaml, indicators.yaml and a .yaml file for each section",
    )
    return Problem(Code.MISSING_FILE, message, hint, Place(name, order=order))


def _source(name: str, text_of: Callable[[str], str], order: int, complaints: Complaints) -> Source | None:
    try:
        return Source(name, order, _only_document(text_of(name)))
    except TextError as error:
        place = Place(name, error.row, str(error.column), order=order)
        complaints.take(Problem(Code.MALFORMED_FILE, error.message, error.hint, place))
        return None


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 4)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise TextError(
            Text(f"打不开：{reason}", f"cannot be opened: {reason}"), Text("请检查权限", "check its permissions")
        ) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        raise TextError(
            Text("不是 UTF-8 编码", "not encoded in UTF-8"),
            Text("请用 UTF-8 编码另存", "save it again as UTF-8"),
            before.count(b"\n") + 1,
            len(before[before.rfind(b"\n") + 1 :].decode("utf-8-sig", "replace")) + 1,
        ) from None


def _only_document(text: str) -> Node:
    documents = read_yaml(text)
    if not documents:
        raise TextError(
            Text("文件是空的", "the file is empty"), Text("请写上内容或删去文件", "fill it in or delete it")
        )
    if len(documents) > 1:
        second = documents[1]
        raise TextError(
            Text("文件里不止一个文档", "the file holds more than one document"),
            Text("请删去 --- 或拆成几个文件", "delete --- or split the file"),
            second.row,
            second.column,
        )
    return documents[0]
