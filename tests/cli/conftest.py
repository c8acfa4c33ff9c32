"""A tiny sound county for tests of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.mutating import write


@pytest.fixture
def county(tmp_path: Path) -> Path:
    write(tmp_path / "county")
    return tmp_path / "county"
