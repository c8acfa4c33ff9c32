"""A Run as SARIF 2.1.0 for code-scanning pipelines: what calls for action or is waived, where it was read, and rules.

`not_met` is a result of kind `fail`, `unknown` one of kind `open`, which no reader may take for a pass; a waived
finding is a suppressed result. `met` and `pending` are counted in the run's properties, not listed. Input problems are
notifications of the tool's execution.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from checker.explaining.sentence import explanation
from checker.explaining.words import PROBLEMS
from checker.model.changes import Change, State
from checker.model.evidence import Evidence
from checker.model.finding import Finding, Verdict
from checker.model.language import Language, printable
from checker.model.problem import Code, Place, Problem, Severity
from checker.model.rulebook import Force, Rule, Rulebook
from checker.model.run import Run
from checker.reporting.json_format import steady_json
from checker.reporting.record import Record, frame_record
from checker.reporting.since import why

_LISTED = frozenset({Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.WAIVED})
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_FINGERPRINT = "checkerFinding/v1"
_FOLDER = "DATA"
_TAGS = {Language.ZH: "zh-CN", Language.EN: "en"}
_LEVELS = {Force.MUST: "error", Force.STRIVE: "warning"}
_STATES = {State.NEW: "new", State.PERSISTING: "unchanged", State.CHANGED: "updated", State.RESOLVED: "absent"}
_MOST_PLACES = 20


def is_listed(finding: Finding) -> bool:
    """Whether `finding` is a result, so that its evidence is wanted."""
    return finding.verdict in _LISTED


def to_sarif(run: Run, language: Language) -> Iterator[bytes]:
    """Give one SARIF log of one run; places are those of the evidence that `run` carries."""
    yield steady_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(run, language)]})


def _run(run: Run, say: Language) -> Record:
    frame = frame_record(run, say)
    driver = {"name": "checker", "version": run.version, "rules": [], "notifications": _descriptors(run, say)}
    if run.rulebook:
        driver["rules"] = [_rule(rule, run.rulebook, say) for rule in run.rulebook.rules.values()]
    invocation = {
        "executionSuccessful": run.findings is not None,
        "toolExecutionNotifications": [_notification(problem, say) for problem in run.problems],
    }
    properties = {key: frame[key] for key in ("as_of", "plan", "data_digest", "summary", "alerts")}
    properties["problems"] = len(run.problems)
    record: Record = {
        "tool": {"driver": driver},
        "language": _TAGS[say],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_FOLDER: {"description": {"text": "submitted data"}}},
        "invocations": [invocation],
        "properties": properties,
    }
    if run.findings is not None and run.rulebook is not None:
        record["results"] = list(_results(run, run.rulebook, say))
    return record


def _rule(rule: Rule, rulebook: Rulebook, say: Language) -> Record:
    clause = f"{rulebook.plan.document.zh} {rule.section}“{rule.clause}”"
    told = [clause] + [text.said(say) for text in (rule.reading, rule.remedy) if text]
    return {
        "id": rule.id,
        "shortDescription": _message(rule.title.said(say)),
        "fullDescription": _message(clause),
        "help": _message("\n".join(told)),
        "defaultConfiguration": {"level": _LEVELS[rule.force]},
        "properties": {"tags": [rule.commitment, rule.section, rule.force.value]},
    }


def _results(run: Run, rulebook: Rulebook, say: Language) -> Iterator[Record]:
    places = {rule: place for place, rule in enumerate(rulebook.rules)}
    for finding in run.findings or ():
        one = finding.identity(rulebook.plan.id)
        change = run.changes.found.get(one) if run.changes else None
        if is_listed(finding) or (change and change.state is State.RESOLVED):
            record: Record = {"ruleId": finding.rule.id, "ruleIndex": places[finding.rule.id]}
            record |= _judgement(finding)
            record["message"] = _message(explanation(finding, rulebook, run.registry, run.spoils).said(say))
            record["fingerprints"] = record["partialFingerprints"] = {_FINGERPRINT: one}
            record |= _where(finding, run, run.evidence.get(one))
            properties: dict[str, object] = {
                "unit": finding.unit.id,
                "period": finding.period.code,
                "verdict": finding.verdict.value,
            }
            yield record | _suppression(run.evidence.get(one), finding) | _since(change, properties, say)


def _judgement(finding: Finding) -> Record:
    """Give kind and level; only what fails has a level of its own."""
    if finding.verdict in (Verdict.MET, Verdict.UNKNOWN) or finding.underlying is Verdict.UNKNOWN:
        return {"kind": "pass" if finding.verdict is Verdict.MET else "open", "level": "none"}
    return {"kind": "fail", "level": _LEVELS[finding.rule.force]}


def _suppression(evidence: Evidence | None, finding: Finding) -> Record:
    if finding.verdict is not Verdict.WAIVED:
        return {}
    waiver = evidence.waiver if evidence else None
    told = f"{finding.waiver}: {waiver.reason} ({waiver.approved_by}, – {waiver.until})" if waiver else finding.waiver
    return {"suppressions": [{"kind": "external", "status": "accepted", "justification": printable(told or "")}]}


def _since(change: Change | None, properties: dict[str, object], say: Language) -> Record:
    if change is None:
        return {"properties": properties}
    if change.causes:
        properties["causes"] = [cause.value for cause in change.causes]
        properties["why"] = why(change).said(say)
    if change.then:
        properties["verdictThen"] = change.then.verdict
    return {"baselineState": _STATES[change.state], "properties": properties}


def _where(finding: Finding, run: Run, evidence: Evidence | None) -> Record:
    """Give the first place it rests on, with its unit, and the others as related; without facts its unit alone."""
    above = [one.name or one.id for one in run.registry.above(finding.unit)]
    unit = {
        "name": printable(finding.unit.name or finding.unit.id),
        "fullyQualifiedName": printable("/".join(reversed(above))),
        "kind": finding.unit.type,
    }
    places = list(dict.fromkeys(_places(evidence)))[:_MOST_PLACES] if evidence else []
    first = {"physicalLocation": _physical(places[0])} if places else {}
    record: Record = {"locations": [first | {"logicalLocations": [unit]}]}
    if places[1:]:
        record["relatedLocations"] = [{"id": n, "physicalLocation": _physical(p)} for n, p in enumerate(places[1:], 1)]
    return record


def _places(evidence: Evidence) -> Iterable[Place]:
    for part in evidence.parts:
        yield from part.set_aside
        yield from (witness.fact.place for witness in part.witnesses)


def _physical(place: Place) -> Record:
    artifact: Record = {"uri": quote(place.file.replace("\\", "/").encode("utf-8", "replace"), safe="/")}
    if not place.file.startswith("/"):
        artifact["uriBaseId"] = _FOLDER
    physical: Record = {"artifactLocation": artifact}
    if place.row is not None:
        physical["region"] = {"startLine": max(place.row, 1)}
    return physical


def _descriptors(run: Run, say: Language) -> list[Record]:
    codes = [code for code in Code if any(problem.code is code for problem in run.problems)]
    return [{"id": code.value, "shortDescription": _message(PROBLEMS[code].said(say))} for code in codes]


def _notification(problem: Problem, say: Language) -> Record:
    told = f"{problem.place} {problem.message.said(say)} → {problem.hint.said(say)}".strip()
    record: Record = {
        "descriptor": {"id": problem.code.value},
        "level": "error" if problem.severity is Severity.ERROR else "warning",
        "message": _message(told),
    }
    if problem.place.file:
        record["locations"] = [{"physicalLocation": _physical(problem.place)}]
    return record


def _message(text: str) -> Record:
    return {"text": "\n".join(map(printable, text.split("\n"))) or "–"}
