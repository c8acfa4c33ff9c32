"""A rulebook's folder as it was at a revision of git."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path, PurePosixPath

from checker.model.language import Text
from checker.rulebook.loading import Loaded, load


class NoRevision(LookupError):  # noqa: N818 (a wrong name, and no fault of ours)
    """There is no such revision, or no such folder in it; `said` tells which."""

    def __init__(self, said: Text) -> None:
        super().__init__(said.zh)
        self.said = said


def load_revision(revision: str, folder: Path) -> Loaded:
    """Give what `folder` loaded as at `revision`; the working tree and the index are neither read nor changed.

    `folder` need not exist today. Raises NoRevision.
    """
    above = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.is_dir())
    top = Path(_git(above, "rev-parse", "--show-toplevel").decode().rstrip("\n"))
    # A revision that begins with "-" must not be taken for an option; from here on there is only its hash.
    tip = f"{revision}^{{commit}}"
    commit = _git(above, "rev-parse", "--verify", "--quiet", "--end-of-options", tip, of=revision).decode().split()[-1]
    inside = folder.resolve().relative_to(top.resolve()).as_posix() if top != folder.resolve() else "."
    tree = f"{commit}:" if inside == "." else f"{commit}:{inside}"
    listing = _git(top, "ls-tree", "-z", tree, of=f"{revision}:{inside}")
    with tempfile.TemporaryDirectory() as name:
        exported = Path(name) / (PurePosixPath(inside).name or "rules")
        exported.mkdir()
        for entry in filter(None, listing.decode("utf-8", "surrogateescape").split("\0")):
            _export(top, entry, exported)
        return load(exported)


def _export(top: Path, entry: str, folder: Path) -> None:
    about, _, name = entry.partition("\t")
    mode, _, thing = about.split(" ")
    if mode.startswith("100"):
        (folder / name).write_bytes(_git(top, "cat-file", "blob", thing))
    else:
        # A link or a folder is no file of rules; loading complains of it by its name.
        (folder / name).mkdir()


def _git(folder: Path, *arguments: str, of: str = "") -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 (no shell, and every argument is ours or behind --end-of-options)
            ["git", "-C", str(folder), *arguments],  # noqa: S607 (the git that the user has)
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise NoRevision(Text("这里没有装 git", "git is not installed here")) from None
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
        raise NoRevision(
            Text(
                f"git 里没有 {of or folder}{f'（{told}）' if told else ''}",
                f"git knows no {of or folder}{f' ({told})' if told else ''}",
            )
        )
    return done.stdout
