"""Every engine equals the oracle in every field, on plans, counties and dates that nobody thought of."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.engines.choosing import EngineName
from tests.oracle.agreement import compare

MANY = 240


@settings(max_examples=MANY, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_every_engine_equals_the_oracle_in_every_field(seed: int) -> None:
    kept = Path(tempfile.mkdtemp(prefix="agreement-"))
    found = compare(seed, kept, (EngineName.PLAIN, EngineName.DURABLE))
    if not found:
        shutil.rmtree(kept)
    assert not found, "\n".join([*found, f"the case: checker check {kept / 'data'} --rules {kept / 'rules'}"])
