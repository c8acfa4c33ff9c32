CREATE TABLE publications (
    seq BIGSERIAL NOT NULL,
    digest VARCHAR(80) NOT NULL,
    published BIGINT NOT NULL,
    in_force BIGINT NOT NULL,
    by_account BIGINT NOT NULL,
    draft VARCHAR(16),
    reason TEXT NOT NULL,
    findings INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    flipped INTEGER NOT NULL,
    withdrawn BIGINT,
    PRIMARY KEY (seq),
    FOREIGN KEY(digest) REFERENCES rulebooks (digest)
)

CREATE TABLE published_files (
    publication BIGINT NOT NULL,
    name VARCHAR(64) NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (publication, name),
    FOREIGN KEY(publication) REFERENCES publications (seq)
)

CREATE TABLE rulebook_drafts (
    id VARCHAR(16) NOT NULL,
    title TEXT NOT NULL,
    state VARCHAR(16) NOT NULL,
    author BIGINT NOT NULL,
    base BIGINT,
    restores BIGINT,
    version INTEGER NOT NULL,
    created BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    PRIMARY KEY (id)
)

CREATE INDEX ix_rulebook_drafts_state ON rulebook_drafts (state, id)

CREATE TABLE rulebook_draft_files (
    draft VARCHAR(16) NOT NULL,
    name VARCHAR(64) NOT NULL,
    content TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (draft, name),
    FOREIGN KEY(draft) REFERENCES rulebook_drafts (id)
)

CREATE TABLE rulebook_draft_changes (
    seq BIGSERIAL NOT NULL,
    draft VARCHAR(16) NOT NULL,
    account BIGINT NOT NULL,
    at BIGINT NOT NULL,
    action VARCHAR(16) NOT NULL,
    file VARCHAR(64),
    sha256 VARCHAR(64),
    PRIMARY KEY (seq),
    FOREIGN KEY(draft) REFERENCES rulebook_drafts (id)
)

CREATE INDEX ix_rulebook_draft_changes_draft ON rulebook_draft_changes (draft)

CREATE TABLE rulebook_previews (
    draft VARCHAR(16) NOT NULL,
    digest VARCHAR(64) NOT NULL,
    version INTEGER NOT NULL,
    base BIGINT NOT NULL,
    rulebook VARCHAR(80) NOT NULL,
    as_of VARCHAR(10) NOT NULL,
    at BIGINT NOT NULL,
    findings INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    flipped INTEGER NOT NULL,
    rules TEXT NOT NULL,
    PRIMARY KEY (draft),
    FOREIGN KEY(draft) REFERENCES rulebook_drafts (id)
)

CREATE TABLE rulebook_preview_changes (
    draft VARCHAR(16) NOT NULL,
    place INTEGER NOT NULL,
    finding VARCHAR(16) NOT NULL,
    rule VARCHAR(64) NOT NULL,
    unit VARCHAR(64) NOT NULL,
    unit_name TEXT NOT NULL,
    period VARCHAR(16) NOT NULL,
    before VARCHAR(16),
    after VARCHAR(16),
    way VARCHAR(16) NOT NULL,
    state VARCHAR(64) NOT NULL,
    PRIMARY KEY (draft, place),
    FOREIGN KEY(draft) REFERENCES rulebook_drafts (id)
)

INSERT INTO publications (digest, published, in_force, by_account, reason, findings, changed, flipped)
SELECT digest, published, published, coalesce(by_account, 0), '', 0, 0, 0 FROM rulebooks ORDER BY published

CREATE TRIGGER publications_no_update BEFORE UPDATE OF seq, digest, published, in_force, by_account, draft, reason, findings, changed, flipped ON publications
FOR EACH STATEMENT EXECUTE FUNCTION only_grows()

CREATE TRIGGER publications_no_delete BEFORE DELETE OR TRUNCATE ON publications
FOR EACH STATEMENT EXECUTE FUNCTION only_grows()

CREATE TRIGGER published_files_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON published_files
FOR EACH STATEMENT EXECUTE FUNCTION only_grows()

CREATE TRIGGER rulebook_draft_changes_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON rulebook_draft_changes
FOR EACH STATEMENT EXECUTE FUNCTION only_grows()
