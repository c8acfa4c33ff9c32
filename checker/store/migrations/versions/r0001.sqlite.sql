CREATE TABLE accounts (
    id INTEGER NOT NULL,
    name VARCHAR(64) NOT NULL,
    full_name TEXT NOT NULL,
    role TEXT NOT NULL,
    unit VARCHAR(64),
    area VARCHAR(64),
    password TEXT,
    failures INTEGER NOT NULL,
    locked_until BIGINT NOT NULL,
    reset_hash VARCHAR(64),
    reset_until BIGINT,
    active BOOLEAN NOT NULL,
    version INTEGER NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (name)
)

CREATE TABLE alerts (
    seq INTEGER NOT NULL,
    unit VARCHAR(64) NOT NULL,
    follow_up TEXT NOT NULL,
    rule VARCHAR(64),
    periods TEXT NOT NULL,
    escalate_to TEXT NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (seq)
)

CREATE INDEX ix_alerts_unit ON alerts (unit)

CREATE TABLE answering (
    unit VARCHAR(64) NOT NULL,
    finding VARCHAR(16) NOT NULL,
    PRIMARY KEY (unit, finding)
)

CREATE INDEX ix_answering_finding ON answering (finding)

CREATE TABLE audit (
    seq INTEGER NOT NULL,
    at BIGINT NOT NULL,
    account BIGINT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    mac VARCHAR(64) NOT NULL,
    PRIMARY KEY (seq)
)

CREATE TABLE clock (
    id INTEGER NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (id)
)

CREATE TABLE finding_history (
    seq INTEGER NOT NULL,
    finding VARCHAR(16) NOT NULL,
    at BIGINT NOT NULL,
    causes TEXT NOT NULL,
    verdict VARCHAR(16),
    "before" VARCHAR(16),
    record TEXT NOT NULL,
    facts_digest TEXT NOT NULL,
    as_of VARCHAR(10) NOT NULL,
    run BIGINT NOT NULL,
    PRIMARY KEY (seq)
)

CREATE INDEX ix_finding_history_finding ON finding_history (finding)

CREATE TABLE findings (
    id VARCHAR(16) NOT NULL,
    rule VARCHAR(64) NOT NULL,
    unit VARCHAR(64) NOT NULL,
    period VARCHAR(16) NOT NULL,
    verdict VARCHAR(16) NOT NULL,
    force VARCHAR(16) NOT NULL,
    section TEXT NOT NULL,
    state TEXT NOT NULL,
    record TEXT NOT NULL,
    responsible TEXT NOT NULL,
    facts_digest TEXT NOT NULL,
    as_of VARCHAR(10) NOT NULL,
    changed BIGINT NOT NULL,
    causes TEXT NOT NULL,
    run BIGINT NOT NULL,
    PRIMARY KEY (id)
)

CREATE INDEX ix_findings_changed ON findings (changed, id)

CREATE INDEX ix_findings_period ON findings (period, unit, id)

CREATE INDEX ix_findings_period_changed ON findings (period, changed, id)

CREATE INDEX ix_findings_rule ON findings (rule, unit, id)

CREATE INDEX ix_findings_rule_changed ON findings (rule, changed, id)

CREATE INDEX ix_findings_unit ON findings (unit, id)

CREATE INDEX ix_findings_verdict ON findings (verdict, unit, id)

CREATE INDEX ix_findings_verdict_changed ON findings (verdict, changed, id)

CREATE TABLE idempotency (
    seq INTEGER NOT NULL,
    account BIGINT NOT NULL,
    route VARCHAR(200) NOT NULL,
    "key" VARCHAR(100) NOT NULL,
    digest VARCHAR(64) NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (seq),
    UNIQUE (account, route, "key")
)

CREATE INDEX ix_idempotency_at ON idempotency (at)

CREATE TABLE leases (
    name VARCHAR(64) NOT NULL,
    holder TEXT NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (name)
)

CREATE TABLE outstanding (
    seq INTEGER NOT NULL,
    unit VARCHAR(64),
    cause TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (seq)
)

CREATE TABLE rulebooks (
    digest VARCHAR(80) NOT NULL,
    "plan" TEXT NOT NULL,
    content TEXT NOT NULL,
    published BIGINT NOT NULL,
    by_account BIGINT,
    PRIMARY KEY (digest)
)

CREATE TABLE runs (
    seq INTEGER NOT NULL,
    at BIGINT NOT NULL,
    causes TEXT NOT NULL,
    as_of VARCHAR(10) NOT NULL,
    rulebook VARCHAR(80) NOT NULL,
    version TEXT NOT NULL,
    engine TEXT NOT NULL,
    judged INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    submission VARCHAR(16),
    PRIMARY KEY (seq)
)

CREATE TABLE settings (
    name VARCHAR(64) NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name)
)

CREATE TABLE submissions (
    id VARCHAR(16) NOT NULL,
    unit VARCHAR(64) NOT NULL,
    state VARCHAR(16) NOT NULL,
    before_lock VARCHAR(16),
    by_account BIGINT NOT NULL,
    on_behalf BOOLEAN NOT NULL,
    file TEXT NOT NULL,
    content BLOB NOT NULL,
    created BIGINT NOT NULL,
    reported BIGINT,
    changed BIGINT NOT NULL,
    reason TEXT NOT NULL,
    unlocked_until BIGINT,
    version INTEGER NOT NULL,
    PRIMARY KEY (id)
)

CREATE INDEX ix_submissions_state ON submissions (state, id)

CREATE INDEX ix_submissions_unit ON submissions (unit, id)

CREATE TABLE units (
    seq INTEGER NOT NULL,
    id VARCHAR(64) NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    parent VARCHAR(64),
    opened VARCHAR(10),
    closed VARCHAR(10),
    attributes TEXT NOT NULL,
    known_from BIGINT NOT NULL,
    known_until BIGINT,
    PRIMARY KEY (seq)
)

CREATE INDEX ix_units_id ON units (id)

CREATE TABLE waivers (
    seq INTEGER NOT NULL,
    id VARCHAR(64) NOT NULL,
    rule VARCHAR(64) NOT NULL,
    unit VARCHAR(64) NOT NULL,
    periods TEXT NOT NULL,
    start VARCHAR(10),
    until VARCHAR(10) NOT NULL,
    reason TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    file TEXT NOT NULL,
    "row" INTEGER,
    known_from BIGINT NOT NULL,
    known_until BIGINT,
    PRIMARY KEY (seq)
)

CREATE INDEX ix_waivers_id ON waivers (id)

CREATE INDEX ix_waivers_unit ON waivers (unit)

CREATE TABLE evidence (
    id VARCHAR(16) NOT NULL,
    submission VARCHAR(16) NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    content BLOB NOT NULL,
    by_account BIGINT NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(submission) REFERENCES submissions (id)
)

CREATE INDEX ix_evidence_submission ON evidence (submission)

CREATE TABLE facts (
    seq INTEGER NOT NULL,
    submission VARCHAR(16) NOT NULL,
    unit VARCHAR(64) NOT NULL,
    indicator VARCHAR(64) NOT NULL,
    period VARCHAR(16) NOT NULL,
    value VARCHAR(64),
    reported VARCHAR(64),
    evidence TEXT NOT NULL,
    note TEXT NOT NULL,
    file TEXT NOT NULL,
    "row" INTEGER,
    place TEXT,
    known_from BIGINT NOT NULL,
    known_until BIGINT,
    PRIMARY KEY (seq),
    FOREIGN KEY(submission) REFERENCES submissions (id)
)

CREATE INDEX ix_facts_submission ON facts (submission)

CREATE INDEX ix_facts_unit ON facts (unit)

CREATE TABLE sessions (
    hash VARCHAR(64) NOT NULL,
    account BIGINT NOT NULL,
    csrf TEXT NOT NULL,
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    PRIMARY KEY (hash),
    FOREIGN KEY(account) REFERENCES accounts (id)
)

CREATE INDEX ix_sessions_account ON sessions (account)

CREATE TABLE tokens (
    id VARCHAR(16) NOT NULL,
    hash VARCHAR(64) NOT NULL,
    account BIGINT NOT NULL,
    label TEXT NOT NULL,
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hash),
    FOREIGN KEY(account) REFERENCES accounts (id)
)

CREATE INDEX ix_tokens_account ON tokens (account)

INSERT INTO clock (id, last) VALUES (1, 0)

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit only grows');
END

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit only grows');
END

CREATE TRIGGER finding_history_no_update BEFORE UPDATE ON finding_history
BEGIN
    SELECT RAISE(ABORT, 'finding_history only grows');
END

CREATE TRIGGER finding_history_no_delete BEFORE DELETE ON finding_history
BEGIN
    SELECT RAISE(ABORT, 'finding_history only grows');
END

CREATE TRIGGER facts_no_update BEFORE UPDATE OF seq, submission, unit, indicator, period, value, reported, evidence, note, file, row, place, known_from ON facts
BEGIN
    SELECT RAISE(ABORT, 'facts stay as they were reported');
END

CREATE TRIGGER facts_no_delete BEFORE DELETE ON facts
BEGIN
    SELECT RAISE(ABORT, 'facts stay as they were reported');
END
