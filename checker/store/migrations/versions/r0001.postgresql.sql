CREATE TABLE accounts (
    id BIGSERIAL NOT NULL,
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
    seq BIGSERIAL NOT NULL,
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
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    account BIGINT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    mac VARCHAR(64) NOT NULL,
    PRIMARY KEY (seq)
)

CREATE TABLE clock (
    id SERIAL NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (id)
)

CREATE TABLE finding_history (
    seq BIGSERIAL NOT NULL,
    finding VARCHAR(16) NOT NULL,
    at BIGINT NOT NULL,
    causes TEXT NOT NULL,
    verdict VARCHAR(16),
    before VARCHAR(16),
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
    seq BIGSERIAL NOT NULL,
    account BIGINT NOT NULL,
    route VARCHAR(200) NOT NULL,
    key VARCHAR(100) NOT NULL,
    digest VARCHAR(64) NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (seq),
    UNIQUE (account, route, key)
)

CREATE INDEX ix_idempotency_at ON idempotency (at)

CREATE TABLE leases (
    name VARCHAR(64) NOT NULL,
    holder TEXT NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (name)
)

CREATE TABLE outstanding (
    seq BIGSERIAL NOT NULL,
    unit VARCHAR(64),
    cause TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (seq)
)

CREATE TABLE rulebooks (
    digest VARCHAR(80) NOT NULL,
    plan TEXT NOT NULL,
    content TEXT NOT NULL,
    published BIGINT NOT NULL,
    by_account BIGINT,
    PRIMARY KEY (digest)
)

CREATE TABLE runs (
    seq BIGSERIAL NOT NULL,
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
    content BYTEA NOT NULL,
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
    seq BIGSERIAL NOT NULL,
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
    seq BIGSERIAL NOT NULL,
    id VARCHAR(64) NOT NULL,
    rule VARCHAR(64) NOT NULL,
    unit VARCHAR(64) NOT NULL,
    periods TEXT NOT NULL,
    start VARCHAR(10),
    until VARCHAR(10) NOT NULL,
    reason TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    file TEXT NOT NULL,
    row INTEGER,
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
    content BYTEA NOT NULL,
    by_account BIGINT NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(submission) REFERENCES submissions (id)
)

CREATE INDEX ix_evidence_submission ON evidence (submission)

CREATE TABLE facts (
    seq BIGSERIAL NOT NULL,
    submission VARCHAR(16) NOT NULL,
    unit VARCHAR(64) NOT NULL,
    indicator VARCHAR(64) NOT NULL,
    period VARCHAR(16) NOT NULL,
    value VARCHAR(64),
    reported VARCHAR(64),
    evidence TEXT NOT NULL,
    note TEXT NOT NULL,
    file TEXT NOT NULL,
    row INTEGER,
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

CREATE FUNCTION only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$

CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION only_grows()

CREATE TRIGGER finding_history_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON finding_history
FOR EACH STATEMENT EXECUTE FUNCTION only_grows()

CREATE TRIGGER facts_no_update BEFORE UPDATE OF seq, submission, unit, indicator, period, value, reported, evidence, note, file, row, place, known_from ON facts
FOR EACH STATEMENT EXECUTE FUNCTION only_grows()

CREATE TRIGGER facts_no_delete BEFORE DELETE OR TRUNCATE ON facts
FOR EACH STATEMENT EXECUTE FUNCTION only_grows()
