"""What became of the findings since an earlier check, in words: a heading with counts, and a line for each."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from checker.explaining.words import CAUSES, STATES, VERDICTS
from checker.model.changes import Change, Changes, State
from checker.model.finding import Finding, Verdict
from checker.model.language import NOTHING, Text, same
from checker.model.rulebook import Rulebook
from checker.model.run import Run
from checker.reporting.acting import calls_for_action

_ORDER = tuple(State)


class Entry(NamedTuple):
    """One finding that is not what it was: as it is now, None where it is gone, and what became of it."""

    id: str
    now: Finding | None
    change: Change


def counts(changes: Changes) -> dict[State, int]:
    """Count the findings of both checks by what became of them, in the order of the states."""
    counted = Counter(change.state for change in (*changes.found.values(), *changes.gone.values()))
    return {state: counted[state] for state in _ORDER}


def heading(changes: Changes) -> Text:
    """Give the earlier check and how many findings became what."""
    found = counts(changes)
    zh = "，".join(f"{STATES[state].zh} {many}" for state, many in found.items())
    en = ", ".join(f"{many} {STATES[state].en}" for state, many in found.items())
    return Text(f"与截至 {changes.as_of} 的检查相比：{zh}", f"Compared with the check as of {changes.as_of}: {en}")


def differences(run: Run, changes: Changes) -> list[Entry]:
    """Give every finding that is not what it was: those of `run` in its order, then those that are gone."""
    plan = run.rulebook.plan.id if run.rulebook else ""
    now = {finding.identity(plan): finding for finding in run.findings or ()}
    found = [Entry(one, now[one], change) for one, change in changes.found.items()]
    gone = [Entry(one, None, change) for one, change in changes.gone.items()]
    return [entry for entry in (*found, *gone) if entry.change.state is not State.PERSISTING]


def entries(run: Run, changes: Changes) -> list[Entry]:
    """Give those of the differences that people look at: what calls for action anew, what is resolved, the rest.

    What is new and calls for nothing is left out: each new period would bring one for every unit.
    """
    return sorted((e for e in differences(run, changes) if _rank(e) is not None), key=lambda entry: _rank(entry) or 0)


def _rank(entry: Entry) -> int | None:
    then, now = entry.change.then, entry.now
    if now is None:
        return 3
    if then and then.verdict == now.verdict.value:
        return 4
    if calls_for_action(now):
        return 0
    if entry.change.state is State.RESOLVED:
        return 1
    return 2 if then else None


def verdicts(entry: Entry) -> Text:
    """Give the verdict then and now: ``未达标 → 达标``; one alone where it is the same or there is only one."""
    then = VERDICTS[Verdict(entry.change.then.verdict)] if entry.change.then else None
    now = VERDICTS[entry.now.verdict] if entry.now else None
    if then and now and then != now:
        return Text(f"{then.zh} → {now.zh}", f"{then.en} → {now.en}")
    return now or then or NOTHING


def why(change: Change) -> Text:
    """Give the causes of a change; where they are merely possible it says so."""
    zh = "、".join(CAUSES[cause].zh for cause in change.causes)
    if change.certain:
        return Text(zh, ", ".join(CAUSES[cause].en for cause in change.causes))
    return Text(f"可能是{zh}", "possibly " + " or ".join(CAUSES[cause].en for cause in change.causes))


def whose(entry: Entry, rulebook: Rulebook) -> tuple[str, str, Text]:
    """Give the unit, the period and the title of the rule; of a rule that is gone its id."""
    if entry.now is not None:
        return entry.now.unit.name or entry.now.unit.id, entry.now.period.code, entry.now.rule.title
    then = entry.change.then
    if then is None:
        return "", "", NOTHING
    title = rulebook.rules[then.rule].title if then.rule in rulebook.rules else same(then.rule)
    return then.unit_name or then.unit, then.period, title


def line(entry: Entry, rulebook: Rulebook) -> Text:
    """Give one line for terminals and documents: what became of which finding, and why."""
    unit, period, title = whose(entry, rulebook)
    state, verdict, cause = STATES[entry.change.state], verdicts(entry), why(entry.change)
    return Text(
        f"[{state.zh}] {unit} {period} {title.zh}：{verdict.zh}（原因：{cause.zh}）",
        f"[{state.en}] {unit} {period} {title.en}: {verdict.en} (because of: {cause.en})",
    )
