"""Whatever the schema allows, and much that it does not: no server error, and no answer that is not documented."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode, checks

from checker.engines.plain import PlainJudge
from checker.service.ground import Ground
from checker.store.audit import Audit
from checker.store.database import Database
from checker.store.migrating import upgrade
from tests.service import drafts
from tests.service.office import Office, prepare
from tests.stores import Clock

ROLES = ("school", "auditor", "policy", "admin")
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office where something has happened, for all requests of this file."""
    folder, clock = tmp_path_factory.mktemp("schema"), Clock()
    store = Database(str(Path(folder) / "a.db"), clock)
    upgrade(store)
    for office in prepare(Ground(store, Audit(b"k" * 32), PlainJudge()), clock, folder):
        office.handed_in()
        office.handed_in(query="?draft=true")
        drafts.previewed(office, drafts.thrice(office))
        yield office
    store.close()


def examples(count: int) -> settings:
    slow = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    return settings(
        max_examples=count, deadline=None, derandomize=True, database=None, suppress_health_check=slow,
        phases=[Phase.explicit, Phase.generate],
    )  # fmt: skip


@pytest.mark.parametrize("who", ROLES)
def test_no_request_of_any_role_goes_wrong(busy: Office, who: str) -> None:
    ask_everything(busy, who, 2)


def ask_everything(office: Office, who: str, count: int) -> None:
    """Ask every route `count` things made of its schema, right and wrong ones."""
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", office.app)
    headers = {"Authorization": f"Bearer {office.tokens[who]}"}
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr] # an error would fail here, as it should
        if operation.path.endswith("/erase"):
            continue  # would end the accounts that ask
        for mode in GenerationMode:

            @examples(count)
            @given(case=operation.as_strategy(generation_mode=mode))
            def ask(case: schemathesis.Case[Any]) -> None:
                case.call_and_validate(headers=headers, checks=CHECKS)

            try:
                ask()
            except Unsatisfiable:
                assert mode is GenerationMode.NEGATIVE, operation.label  # nothing about it can be wrong
            asked += 1
    assert asked > 80
