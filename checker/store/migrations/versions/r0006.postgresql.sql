CREATE TABLE audit_samples (
    id VARCHAR(16) NOT NULL,
    title TEXT NOT NULL,
    seed TEXT NOT NULL,
    confidence TEXT NOT NULL,
    margin TEXT NOT NULL,
    area VARCHAR(64) NOT NULL,
    filters TEXT NOT NULL,
    size INTEGER NOT NULL,
    population INTEGER NOT NULL,
    digest VARCHAR(64) NOT NULL,
    drawn_from TEXT NOT NULL,
    as_of VARCHAR(10) NOT NULL,
    by_account BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id)
)

CREATE INDEX ix_audit_samples_area ON audit_samples (area, id)

CREATE TABLE audit_sampled (
    sample VARCHAR(16) NOT NULL,
    place INTEGER NOT NULL,
    finding VARCHAR(16) NOT NULL,
    rule VARCHAR(64) NOT NULL,
    unit VARCHAR(64) NOT NULL,
    period VARCHAR(16) NOT NULL,
    verdict VARCHAR(16) NOT NULL,
    record TEXT NOT NULL,
    facts_digest VARCHAR(64) NOT NULL,
    outcome VARCHAR(16),
    note TEXT NOT NULL,
    by_account BIGINT,
    at BIGINT,
    version INTEGER NOT NULL,
    PRIMARY KEY (sample, place),
    FOREIGN KEY(sample) REFERENCES audit_samples (id)
)

CREATE INDEX ix_audit_sampled_finding ON audit_sampled (finding)

CREATE TABLE sign_offs (
    id VARCHAR(16) NOT NULL,
    period VARCHAR(16) NOT NULL,
    area VARCHAR(64) NOT NULL,
    by_account BIGINT NOT NULL,
    at BIGINT NOT NULL,
    as_of VARCHAR(10) NOT NULL,
    rulebook VARCHAR(80) NOT NULL,
    version TEXT NOT NULL,
    findings INTEGER NOT NULL,
    left_out INTEGER NOT NULL,
    digest VARCHAR(64) NOT NULL,
    open TEXT NOT NULL,
    reason TEXT NOT NULL,
    replaces VARCHAR(16),
    seal VARCHAR(64) NOT NULL,
    PRIMARY KEY (id)
)

CREATE INDEX ix_sign_offs_period ON sign_offs (period, area, at)

CREATE TABLE signed_findings (
    sign_off VARCHAR(16) NOT NULL,
    finding VARCHAR(16) NOT NULL,
    rule VARCHAR(64) NOT NULL,
    unit VARCHAR(64) NOT NULL,
    period VARCHAR(16) NOT NULL,
    verdict VARCHAR(16) NOT NULL,
    state TEXT NOT NULL,
    record TEXT NOT NULL,
    facts_digest VARCHAR(64) NOT NULL,
    PRIMARY KEY (sign_off, finding),
    FOREIGN KEY(sign_off) REFERENCES sign_offs (id)
)

CREATE TABLE signed_reports (
    sign_off VARCHAR(16) NOT NULL,
    format VARCHAR(16) NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (sign_off, format),
    FOREIGN KEY(sign_off) REFERENCES sign_offs (id)
)

CREATE TABLE inbox_read (
    account BIGINT NOT NULL,
    item VARCHAR(64) NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (account, item)
)

CREATE TRIGGER audit_samples_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_samples
FOR EACH STATEMENT EXECUTE FUNCTION only_grows()

CREATE TRIGGER audit_sampled_no_update BEFORE UPDATE OF sample, place, finding, rule, unit, period, verdict, record, facts_digest ON audit_sampled
FOR EACH STATEMENT EXECUTE FUNCTION only_grows()

CREATE TRIGGER audit_sampled_no_delete BEFORE DELETE OR TRUNCATE ON audit_sampled
FOR EACH STATEMENT EXECUTE FUNCTION only_grows()

CREATE TRIGGER sign_offs_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON sign_offs
FOR EACH STATEMENT EXECUTE FUNCTION only_grows()

CREATE TRIGGER signed_findings_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON signed_findings
FOR EACH STATEMENT EXECUTE FUNCTION only_grows()

CREATE TRIGGER signed_reports_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON signed_reports
FOR EACH STATEMENT EXECUTE FUNCTION only_grows()
