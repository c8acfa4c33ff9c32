"""Spot checks over the API: drawn by a seed, entered one by one, estimated exactly, on either database."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from checker.auditing.drawing import draw
from checker.auditing.sizing import sample_size
from tests.service.office import Answer, Office

WISH = {"title": "抽查", "confidence": "90%", "margin": "20%", "period": "2024-2025-1"}


def drawn(office: Office, who: str = "auditor", **more: Any) -> Any:
    status, told = office.ask(who, "POST", "/audit-samples", json={**WISH, **more})
    assert status == 201, told
    return told


def findings(office: Office, sample: Any, who: str = "auditor") -> list[Any]:
    found: list[Any] = office.get(who, f"/audit-samples/{sample['id']}/findings", limit=200)["items"]
    return found


def enter(office: Office, sample: Any, one: Any, outcome: str, note: str = "", who: str = "auditor") -> Answer:
    given = {"version": one["version"], "outcome": outcome, "note": note}
    return office.ask(who, "PUT", f"/audit-samples/{sample['id']}/findings/{one['finding']}", json=given)


def test_a_sample_is_as_large_as_its_margin_asks_and_drawn_by_its_seed(office: Office) -> None:
    everything = office.get("auditor", "/findings", period="2024-2025-1", limit=200)["items"]
    sample = drawn(office, seed="2025-06-30")
    assert sample["population"] == len(everything)
    assert sample["size"] == sample_size(len(everything), Fraction(9, 10), Fraction(1, 5))
    assert sample["size"] < len(everything)
    found = [one["finding"] for one in findings(office, sample)]
    assert found == draw("2025-06-30", [one["id"] for one in everything], sample["size"])
    again = drawn(office, seed="2025-06-30")
    assert (again["id"] != sample["id"], again["digest"]) == (True, sample["digest"])
    assert [one["finding"] for one in findings(office, again)] == found
    assert office.get("auditor", f"/audit-samples/{sample['id']}")["repeatable"] is True


def test_without_a_seed_one_is_drawn_by_lot_and_recorded(office: Office) -> None:
    one, other = drawn(office), drawn(office)
    assert one["seed"] != other["seed"]
    records = office.get("auditor", "/audit", subject=f"sample:{one['id']}", limit=200)["items"]
    assert [(record["action"], record["detail"]["seed"], record["detail"]["seed_given"]) for record in records] == [
        ("sample.draw", one["seed"], False)
    ]
    assert [sample["id"] for sample in office.get("auditor", "/audit-samples")["items"]] == [other["id"], one["id"]]


def test_the_estimate_waits_for_the_last_outcome_and_is_exact(office: Office) -> None:
    sample = drawn(office)
    rows = findings(office, sample)
    for number, one in enumerate(rows):
        assert office.get("auditor", f"/audit-samples/{sample['id']}")["estimate"] is None
        status, told = enter(office, sample, one, *(("agrees",) if number else ("differs", "台账上没有")))
        assert (status, told["version"]) == (200, 2), told
    whole = office.get("auditor", f"/audit-samples/{sample['id']}")
    assert (whole["entered"], whole["differing"], whole["estimate"]["differing"]) == (len(rows), 1, 1)
    assert whole["estimate"]["low"] >= 1
    assert f"{whole['population']} 条中抽查 {len(rows)} 条，1 条不符" in whole["estimate"]["sentence"]
    said = office.ask("auditor", "GET", f"/audit-samples/{sample['id']}", headers={"Accept-Language": "en"})[1]
    assert "with 90% confidence" in said["estimate"]["sentence"]


def test_an_outcome_is_mended_once_and_never_silently(office: Office) -> None:
    sample = drawn(office)
    one = findings(office, sample)[0]
    assert enter(office, sample, one, "differs")[0] == 409  # how does it differ?
    assert enter(office, sample, one, "differs", "少了一次")[0] == 200
    status, told = enter(office, sample, one, "agrees")
    assert (status, told["code"]) == (409, "stale_version")
    assert enter(office, sample, {**one, "version": 2}, "agrees")[0] == 200
    records = office.get("auditor", "/audit", subject=f"sample:{sample['id']}", limit=200)["items"]
    steps = [(record["detail"]["before"], record["detail"]["outcome"]) for record in records[1:]]
    assert steps == [(None, "differs"), ("differs", "agrees")]


def test_a_retry_draws_no_second_sample(office: Office) -> None:
    key = {"Idempotency-Key": "draw-once"}
    first = office.ask("auditor", "POST", "/audit-samples", json=WISH, headers=key)
    assert office.ask("auditor", "POST", "/audit-samples", json=WISH, headers=key) == first
    assert len(office.get("auditor", "/audit-samples")["items"]) == 1


def test_nobody_checks_the_own_unit(office: Office) -> None:
    sample = drawn(office, "town-auditor", margin="1%", confidence="99%")
    rows = {one["unit"]: one for one in findings(office, sample, "town-auditor")}
    status, told = enter(office, sample, rows["school-2"], "agrees", who="town-auditor")
    assert (status, told["code"]) == (403, "own_unit")
    assert enter(office, sample, rows["school-1"], "agrees", who="town-auditor")[0] == 200
    assert enter(office, sample, rows["school-2"], "agrees", who="auditor")[0] == 200


def test_a_sample_stays_within_the_area(office: Office) -> None:
    county, town = drawn(office), drawn(office, "town-auditor")
    assert town["population"] < county["population"]
    assert [one["id"] for one in office.get("town-auditor", "/audit-samples")["items"]] == [town["id"]]
    assert office.ask("town-auditor", "GET", f"/audit-samples/{county['id']}")[0] == 404
    assert office.ask("town-auditor", "GET", f"/audit-samples/{county['id']}/findings")[0] == 404
    assert enter(office, county, findings(office, county)[0], "agrees", who="town-auditor")[0] == 404
    assert office.ask("auditor", "PUT", f"/audit-samples/{county['id']}/findings/{'0' * 16}",
                      json={"version": 1, "outcome": "agrees"})[0] == 404  # fmt: skip


@pytest.mark.parametrize(
    ("wish", "status", "said"),
    [
        ({"confidence": "49%"}, 422, "50% 至 99.9%"), ({"margin": "0.5%"}, 422, "1% 至 50%"),
        ({"margin": "ten"}, 422, "margin"), ({"period": "1999"}, 409, "没有符合条件的结论"),
        ({"seed": "换行\n"}, 422, "seed"), ({"verdict": "fine"}, 422, "verdict"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_says_why(desk_office: Office, wish: dict[str, str], status: int, said: str) -> None:
    came, told = desk_office.ask("auditor", "POST", "/audit-samples", json={**WISH, **wish})
    assert (came, said in told["detail"]) == (status, True), told


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_samples set seed = 'x'", "delete from audit_samples", "delete from audit_sampled",
        "update audit_sampled set verdict = 'met'",
    ],
)  # fmt: skip
def test_the_database_keeps_what_was_drawn(office: Office, statement: str) -> None:
    drawn(office)
    with pytest.raises(DBAPIError), office.ground.database.engine.begin() as connection:
        connection.execute(text(statement))


def test_a_sample_whose_rows_were_tampered_with_shows(desk_office: Office) -> None:
    sample = drawn(desk_office)
    with desk_office.ground.database.engine.begin() as connection:
        connection.execute(text("drop trigger audit_samples_no_update"))
        connection.execute(text("update audit_samples set seed = 'chosen'"))
    assert desk_office.get("auditor", f"/audit-samples/{sample['id']}")["repeatable"] is False
