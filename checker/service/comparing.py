"""What became of the county's findings since an earlier day or an earlier run, and why."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import replace

from checker.baseline.comparing import changed_since
from checker.baseline.earlier import Earlier, Output
from checker.baseline.inputs import keep
from checker.checking import Question
from checker.model.fact import Data
from checker.model.finding import Finding
from checker.model.instant import after
from checker.model.language import Language
from checker.model.run import Run
from checker.reporting.json_format import to_json
from checker.service.looking import narrowed
from checker.store import findings as standing
from checker.store import journal
from checker.store.database import Reading


def since(then: Run, now: Run) -> Run:
    """Give `now` with what became of each finding since `then`; both whole. The causes are exact."""
    output = Output.model_validate_json(b"".join(to_json(then, Language.ZH)))
    inputs = keep(replace(then, data=_known(then)))
    return changed_since(Earlier(output=output, question=Question(then.as_of), inputs=inputs), now, _of(now))


def _known(then: Run) -> Data | None:
    """Give what counted in `then`. What was reported later is in its data as well."""
    if then.data is None or then.rulebook is None:
        return None
    end = after(then.as_of, then.rulebook.plan.zone)
    facts = [fact for fact in then.data.facts if fact.reported is None or fact.reported < end]
    return Data(then.data.registry, facts, then.data.waivers)


def since_run(reading: Reading, run: journal.Run, plan: str, now: Run) -> Run:
    """Give `now`, whole, with what became of each finding that stood when `run` was done.

    Its inputs are not kept as they were at that instant, so that causes are those that are possible.
    """
    output = Output.model_validate(
        {
            "tool": {"version": run.version},
            "plan": {"id": plan, "digest": run.rulebook},
            "as_of": run.as_of,
            "data_digest": "",
            "findings": [json.loads(record) for record in standing.stood(reading, run.seq)],
        }
    )
    return changed_since(Earlier(output=output), now, _of(now))


def narrowed_since(run: Run, wanted: Callable[[Finding], bool], units: Collection[str] | None) -> Run:
    """Give `run` with the `wanted` findings alone, and of what is gone what `units` (None: all) were asked."""
    kept = narrowed(run, wanted)
    if kept.changes is None or run.rulebook is None:
        return kept
    names = {finding.identity(run.rulebook.plan.id) for finding in kept.findings or ()}
    found = {name: change for name, change in kept.changes.found.items() if name in names}
    gone = {
        name: change
        for name, change in kept.changes.gone.items()
        if units is None or (change.then is not None and change.then.unit in units)
    }
    return replace(kept, changes=kept.changes._replace(found=found, gone=gone))


def _of(run: Run) -> Question:
    return Question(run.as_of)
