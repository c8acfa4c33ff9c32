"""Where in the files of a rulebook the slip of a mutant would stand."""

from __future__ import annotations

from pathlib import Path

from checker.authoring.mutating.mutant import Mutant
from checker.documents.node import Scalar
from checker.model.problem import Place
from checker.rulebook.files import read_files
from checker.rulebook.source import Complaints


class Placing:
    """The files of one folder that loads without faults."""

    def __init__(self, folder: Path) -> None:
        files = read_files(folder, Complaints())
        self._follow_ups = files.follow_ups
        numbers = ((source.at(("section",)), source) for source in files.sections)
        self._sections = {number.text: source for number, source in numbers if isinstance(number, Scalar)}

    def __call__(self, mutant: Mutant) -> Place:
        """Give the place of the slip of `mutant`, or of the nearest thing above it."""
        source = self._sections[mutant.section.number] if mutant.section else self._follow_ups
        return source.place(mutant.path) if source else Place("")
