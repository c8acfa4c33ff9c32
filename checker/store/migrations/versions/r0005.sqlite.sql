CREATE TABLE reviews (
    finding VARCHAR(16) NOT NULL,
    rule VARCHAR(64) NOT NULL,
    unit VARCHAR(64) NOT NULL,
    period VARCHAR(16) NOT NULL,
    state VARCHAR(16) NOT NULL,
    earlier VARCHAR(16),
    waived_until VARCHAR(10),
    relapses INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    "order" VARCHAR(16),
    due VARCHAR(10),
    assignee BIGINT,
    code VARCHAR(16),
    facts_digest VARCHAR(64),
    proposer BIGINT,
    waiver VARCHAR(16),
    version INTEGER NOT NULL,
    opened BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    PRIMARY KEY (finding)
)

CREATE INDEX ix_reviews_assignee ON reviews (assignee, unit, finding)

CREATE INDEX ix_reviews_state ON reviews (state, unit, finding)

CREATE INDEX ix_reviews_unit ON reviews (unit, finding)

CREATE TABLE review_events (
    seq INTEGER NOT NULL,
    finding VARCHAR(16) NOT NULL,
    at BIGINT NOT NULL,
    account BIGINT NOT NULL,
    event VARCHAR(32) NOT NULL,
    "before" VARCHAR(16),
    "after" VARCHAR(16) NOT NULL,
    said TEXT NOT NULL,
    detail TEXT NOT NULL,
    version INTEGER NOT NULL,
    audit BIGINT NOT NULL,
    PRIMARY KEY (seq),
    FOREIGN KEY(finding) REFERENCES reviews (finding)
)

CREATE INDEX ix_review_events_finding ON review_events (finding)

CREATE TABLE rectification_orders (
    id VARCHAR(16) NOT NULL,
    finding VARCHAR(16) NOT NULL,
    unit VARCHAR(64) NOT NULL,
    reason TEXT NOT NULL,
    by_account BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(finding) REFERENCES reviews (finding)
)

CREATE INDEX ix_rectification_orders_finding ON rectification_orders (finding)

CREATE INDEX ix_rectification_orders_unit ON rectification_orders (unit, id)

CREATE TABLE rectification_attempts (
    "order" VARCHAR(16) NOT NULL,
    number INTEGER NOT NULL,
    due VARCHAR(10) NOT NULL,
    began BIGINT NOT NULL,
    claimed BIGINT,
    claimed_by BIGINT,
    statement TEXT NOT NULL,
    evidence TEXT NOT NULL,
    judged BIGINT,
    judged_by BIGINT,
    outcome VARCHAR(16),
    reason TEXT NOT NULL,
    PRIMARY KEY ("order", number),
    FOREIGN KEY("order") REFERENCES rectification_orders (id)
)

CREATE TABLE waiver_requests (
    id VARCHAR(16) NOT NULL,
    finding VARCHAR(16) NOT NULL,
    rule VARCHAR(64) NOT NULL,
    unit VARCHAR(64) NOT NULL,
    period VARCHAR(16) NOT NULL,
    state VARCHAR(16) NOT NULL,
    until VARCHAR(10) NOT NULL,
    reason TEXT NOT NULL,
    requester BIGINT NOT NULL,
    requested BIGINT NOT NULL,
    approver BIGINT,
    decided BIGINT,
    decision TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(finding) REFERENCES reviews (finding)
)

CREATE INDEX ix_waiver_requests_finding ON waiver_requests (finding)

CREATE INDEX ix_waiver_requests_state ON waiver_requests (state, id)

CREATE INDEX ix_waiver_requests_unit ON waiver_requests (unit, id)

CREATE TABLE review_files (
    id VARCHAR(16) NOT NULL,
    finding VARCHAR(16) NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    content BLOB NOT NULL,
    by_account BIGINT NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(finding) REFERENCES reviews (finding)
)

CREATE INDEX ix_review_files_finding ON review_files (finding)

INSERT INTO outstanding (unit, cause, at)
SELECT NULL, 'software', last FROM clock WHERE EXISTS (SELECT 1 FROM findings)

CREATE TRIGGER review_events_no_update BEFORE UPDATE ON review_events
BEGIN
    SELECT RAISE(ABORT, 'review_events only grows');
END

CREATE TRIGGER review_events_no_delete BEFORE DELETE ON review_events
BEGIN
    SELECT RAISE(ABORT, 'review_events only grows');
END
