"""Which files make up the input, in the order of reading; and which files are not read, and why."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from checker.intake.sources import Source
from checker.model.language import Text
from checker.model.problem import Code, Problem

UNITS = "units.csv"
WAIVERS = ("waivers.csv", "waivers.yaml", "waivers.yml")
SUBMISSIONS = "submissions"
_STRAY = frozenset({".csv", ".yaml", ".yml", ".json", ".parquet", ".xlsx", ".xls"})
_LITTER = frozenset({"Thumbs.db", "desktop.ini"})
_IN_PLACE = Text("请放入文件本身", "put the file itself there")


@dataclass(frozen=True)
class Inputs:
    """What to read: a data folder, or single files with their registry (default: `units.csv` beside the first)."""

    folder: Path | None
    files: tuple[Path, ...] = ()
    units: Path | None = None


@dataclass(frozen=True)
class Layout:
    """The files of an input by what they hold; `units` None: there is no registry that could be opened."""

    units: Source | None
    waivers: tuple[Source, ...]
    submissions: tuple[Source, ...]
    problems: tuple[Problem, ...]
    stray: tuple[str, ...] = ()


def lay_out(inputs: Inputs) -> Layout:
    """Give the files of `inputs` in the order units, waivers, submissions by relative path."""
    return _single(inputs.files, inputs.units) if inputs.folder is None else _folder(inputs.folder, inputs.units)


def _folder(folder: Path, units: Path | None) -> Layout:
    if not _is_folder(folder):
        message = Text(f"没有这个文件夹：{_name(folder)}", f"there is no such folder: {_name(folder)}")
        hint = Text("请给出含有 units.csv 的数据文件夹", "give a data folder that holds units.csv")
        place = Source(folder, _name(folder), 0).place()
        return Layout(None, (), (), (Problem(Code.MISSING_FILE, message, hint, place),))
    registry = (UNITS, folder / UNITS) if units is None else (_name(units), units)
    waivers = [(name, folder / name) for name in WAIVERS if _is_there(folder / name)]
    found = sorted((_name(path.relative_to(folder)), path) for path in _below(folder / SUBMISSIONS))
    named = frozenset(() if units is None else (units,))
    return _gathered(registry, waivers, found, named, tuple(_stray(folder, units)))


def _single(files: tuple[Path, ...], units: Path | None) -> Layout:
    registry = units or files[0].parent / UNITS
    chosen = {path.absolute(): path for path in reversed(files)}
    chosen.pop(registry.absolute(), None)
    listed = sorted((_name(path), path) for path in chosen.values())
    waivers = [(name, path) for name, path in listed if path.name in WAIVERS]
    submissions = [(name, path) for name, path in listed if path.name not in WAIVERS]
    return _gathered((_name(registry), registry), waivers, submissions, frozenset((registry, *chosen.values())))


def _gathered(
    units: tuple[str, Path],
    waivers: list[tuple[str, Path]],
    found: list[tuple[str, Path]],
    named: frozenset[Path],
    stray: tuple[str, ...] = (),
) -> Layout:
    """Number the files; symbolic links are followed only where the user `named` them."""
    sources = [Source(path, name, order) for order, (name, path) in enumerate([units, *waivers, *found])]
    problems = [_obstacle(source, links=source.path in named) for source in sources]
    sound = [source for source, problem in zip(sources, problems, strict=True) if problem is None]
    return Layout(
        units=next((source for source in sound if source.order == 0), None),
        waivers=tuple(source for source in sound if 0 < source.order <= len(waivers)),
        submissions=tuple(source for source in sound if source.order > len(waivers)),
        problems=tuple(problem for problem in problems if problem is not None),
        stray=stray,
    )


def _obstacle(source: Source, *, links: bool) -> Problem | None:
    """Give what keeps `source` from being opened at all; `links`: symbolic links are followed."""
    try:
        mode = source.path.stat().st_mode if links else source.path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return source.missing(_MISSING_UNITS if source.order == 0 else None)
    except OSError as fault:
        return source.unreadable(fault)
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISLNK(mode):
        return source.unsupported(Text("是符号链接，不读取", "is a symbolic link, which is not followed"), _IN_PLACE)
    if stat.S_ISDIR(mode):
        message = Text(
            "这里要的是文件，却是文件夹，或是打不开的文件夹",
            "a folder where a file was expected, or one that is closed",
        )
        hint = Text(
            "请给出一个数据文件夹，或几个文件，并检查权限", "give one data folder, or several files; check permissions"
        )
        return source.malformed(message, hint)
    return source.unsupported(Text("不是普通文件", "is not a regular file"), _IN_PLACE)


_MISSING_UNITS = Text(
    "请把单位名册 units.csv 放在这里，或用 --units 指出", "put the registry units.csv there, or name it with --units"
)


def _below(folder: Path) -> Iterator[Path]:
    """Go through everything below `folder` that is no folder itself; a folder that is closed comes as itself."""
    waiting = [folder] if _is_there(folder) else []
    while waiting:
        here = waiting.pop()
        if not _is_folder(here, links=False):
            yield here
            continue
        try:
            waiting.extend(path for path in here.iterdir() if not _is_litter(path.name))
        except OSError:
            yield here


def _is_litter(name: str) -> bool:
    return name.startswith((".", "~$")) or name in _LITTER


def _is_there(path: Path) -> bool:
    try:
        path.lstat()
    except OSError:
        return False
    return True


def _is_folder(path: Path, *, links: bool = True) -> bool:
    try:
        mode = path.stat().st_mode if links else path.lstat().st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISDIR(mode)


def _stray(folder: Path, units: Path | None) -> Iterator[str]:
    read = {UNITS, *WAIVERS}
    chosen = units.absolute() if units else None
    try:
        found = sorted(path for path in folder.iterdir() if not _is_litter(path.name))
    except OSError:
        return
    for path in found:
        if _is_folder(path):
            if path.name != SUBMISSIONS:
                yield f"{_shown(path.name)}/"
        elif path.suffix.lower() in _STRAY and path.name not in read and path.absolute() != chosen:
            yield _shown(path.name)


def _name(path: Path) -> str:
    return _shown(path.as_posix())


def _shown(name: str) -> str:
    """Give a file's name as text, whatever bytes the file system holds for it."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
