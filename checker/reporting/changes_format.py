"""What became of the findings since an earlier check, as JSON: all that are not what they were, and counts of all."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model.changes import Outcome
from checker.model.run import Run
from checker.reporting.json_format import steady_json
from checker.reporting.record import Record, outcome_record
from checker.reporting.since import Entry, counts, differences

SCHEMA = "checker.changes/1"
_SAID = ("verdict", "value", "target", "shortfall")


def to_changes(run: Run) -> Iterator[bytes]:
    """Give one JSON object; `summary` and `changes` are null where nothing was judged or nothing compared."""
    changes = run.changes
    yield steady_json(
        {
            "schema": SCHEMA,
            "then": {"as_of": changes.as_of.isoformat(), "version": changes.version} if changes else None,
            "now": {"as_of": run.as_of.isoformat(), "version": run.version},
            "summary": {state.value: many for state, many in counts(changes).items()} if changes else None,
            "changes": [_record(entry) for entry in differences(run, changes)] if changes else None,
        }
    )


def _record(entry: Entry) -> Record:
    then, now = entry.change.then, entry.now
    return {
        "id": entry.id,
        "state": entry.change.state.value,
        "causes": [cause.value for cause in entry.change.causes],
        "certain": entry.change.certain,
        "rule": now.rule.id if now else then.rule if then else None,
        "unit": now.unit.id if now else then.unit if then else None,
        "period": now.period.code if now else then.period if then else None,
        "then": _then(then),
        "now": _now(entry),
    }


def _then(then: Outcome | None) -> Record | None:
    return {key: getattr(then, key) for key in _SAID} if then else None


def _now(entry: Entry) -> Record | None:
    if entry.now is None:
        return None
    found = outcome_record(entry.now)
    observed = found["observed"]
    found["value"] = observed["value"] if isinstance(observed, dict) else None
    return {key: found[key] for key in _SAID}
