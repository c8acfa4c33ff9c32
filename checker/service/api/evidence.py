"""Files of evidence beside a submission (佐证材料): listed types, a limit to their size, a hash, download only."""

from __future__ import annotations

import hashlib
import secrets

from fastapi import APIRouter, Response

from checker.service.api.acting import Writes
from checker.service.api.desk import AtDesk
from checker.service.api.identity import Reporting, Submitting
from checker.service.api.problems import Responses, documented, not_found
from checker.service.api.shown import attachment, evidence_out
from checker.service.api.submissions import reached
from checker.service.api.uploads import EVIDENCE_BODY, Attached
from checker.service.api.values.base import Key
from checker.service.api.values.submitted import EvidenceOut
from checker.store import submissions
from checker.store.database import Writing
from checker.store.submissions import Evidence

router = APIRouter(tags=["佐证 evidence"])
_DOWNLOAD: Responses = {
    200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
}


@router.get("/submissions/{submission_id}/evidence", response_model=list[EvidenceOut], responses=documented(404))
def listed(submission_id: Key, account: Reporting, desk: AtDesk) -> list[EvidenceOut]:
    """一份报送的佐证。The evidence of a submission."""
    with desk.ground.database.read() as reading:
        reached(desk, reading, account, submission_id)
        return [evidence_out(one) for one in submissions.evidence_of(reading, submission_id)]


@router.post("/submissions/{submission_id}/evidence", status_code=201, response_model=EvidenceOut,
             responses=documented(404, 415), openapi_extra=EVIDENCE_BODY)  # fmt: skip
def attach(submission_id: Key, attached: Attached, account: Submitting, desk: AtDesk, writes: Writes) -> Response:
    """附上佐证。Attach a file of evidence."""
    (name, content), kind = attached

    def act(tx: Writing) -> EvidenceOut:
        reached(desk, tx.connection, account, submission_id)
        digest = hashlib.sha256(content).hexdigest()
        evidence = Evidence(secrets.token_hex(8), submission_id, name, kind, len(content), digest, account.id, tx.at)
        submissions.add_evidence(tx, evidence, content)
        told = {"submission": submission_id, "sha256": digest, "size": len(content)}
        desk.ground.audit.record(tx, account.id, "evidence.attach", f"evidence:{evidence.id}", told)
        return evidence_out(evidence)

    return writes.perform(201, act, name, content)


@router.get("/evidence/{evidence_id}", response_class=Response, responses={**documented(404), **_DOWNLOAD})
def download(evidence_id: Key, account: Reporting, desk: AtDesk) -> Response:
    """下载佐证。Download a file of evidence; a browser never shows it in place."""
    with desk.ground.database.read() as reading:
        found = submissions.evidence(reading, evidence_id)
        if found is None:
            raise not_found()
        evidence, content = found
        reached(desk, reading, account, evidence.submission)
    headers = {**attachment(evidence.name), "Content-Security-Policy": "sandbox; default-src 'none'"}
    return Response(content, 200, headers, "application/octet-stream")
