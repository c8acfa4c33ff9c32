"""The tables of the store. Migrations bring a database to exactly this; a test compares the two.

Instants are whole microseconds since the first day of the year 1, UTC. Days, lists and exact numbers are text, so that
both databases hold the same. `known_from` and `known_until` (excluded, null: still) say when a row was known.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)

from checker.store import columns
from checker.store.auditing_tables import INBOX_READ, SAMPLED, SAMPLES, SIGN_OFFS, SIGNED_FINDINGS, SIGNED_REPORTS
from checker.store.columns import ID as _ID
from checker.store.columns import KEY as _KEY
from checker.store.columns import NUMBER as _NUMBER
from checker.store.columns import at as _at
from checker.store.columns import count as _count
from checker.store.columns import maybe_at as _maybe_at
from checker.store.columns import name as _name
from checker.store.columns import numbered as _numbered
from checker.store.columns import table as _table
from checker.store.columns import text as _text

METADATA = columns.METADATA
AUDITING = (SAMPLES, SAMPLED, SIGN_OFFS, SIGNED_FINDINGS, SIGNED_REPORTS, INBOX_READ)
"""The tables that stand in a file of their own."""

CLOCK = _table("clock", Column("id", Integer, primary_key=True), _at("last"))
SETTINGS = _table("settings", Column("name", _ID, primary_key=True), _text("value"))
LEASES = _table("leases", Column("name", _ID, primary_key=True), _text("holder"), _at("until"))

RULEBOOKS = _table(
    "rulebooks",
    Column("digest", String(80), primary_key=True),
    _text("plan"), _text("content"), _at("published"), Column("by_account", BigInteger),
)  # fmt: skip
PUBLICATIONS = _table(
    "publications",
    _numbered(),
    Column("digest", String(80), ForeignKey("rulebooks.digest"), nullable=False),
    _at("published"), _at("in_force"), Column("by_account", BigInteger, nullable=False), Column("draft", _KEY),
    _text("reason"), _count("findings"), _count("changed"), _count("flipped"), _maybe_at("withdrawn"),
)  # fmt: skip
PUBLISHED_FILES = _table(
    "published_files",
    Column("publication", BigInteger, ForeignKey("publications.seq"), primary_key=True, autoincrement=False),
    Column("name", _ID, primary_key=True), _text("content"),
)  # fmt: skip
DRAFTS = _table(
    "rulebook_drafts",
    Column("id", _KEY, primary_key=True),
    _text("title"), _name("state", 16), Column("author", BigInteger, nullable=False), Column("base", BigInteger),
    Column("restores", BigInteger), _count("version"), _at("created"), _at("changed"),
    Index("ix_rulebook_drafts_state", "state", "id"),
)  # fmt: skip
_DRAFT = "rulebook_drafts.id"
DRAFT_FILES = _table(
    "rulebook_draft_files",
    Column("draft", _KEY, ForeignKey(_DRAFT), primary_key=True), Column("name", _ID, primary_key=True),
    _text("content"), _count("version"),
)  # fmt: skip
DRAFT_CHANGES = _table(
    "rulebook_draft_changes",
    _numbered(),
    Column("draft", _KEY, ForeignKey(_DRAFT), nullable=False, index=True),
    Column("account", BigInteger, nullable=False), _at("at"), _name("action", 16), Column("file", _ID),
    Column("sha256", String(64)),
)  # fmt: skip
PREVIEWS = _table(
    "rulebook_previews",
    Column("draft", _KEY, ForeignKey(_DRAFT), primary_key=True),
    _name("digest"), _count("version"), Column("base", BigInteger, nullable=False), _name("rulebook", 80),
    _name("as_of", 10), _at("at"), _count("findings"), _count("changed"), _count("flipped"), _text("rules"),
)  # fmt: skip
PREVIEW_CHANGES = _table(
    "rulebook_preview_changes",
    Column("draft", _KEY, ForeignKey(_DRAFT), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    _name("finding", 16), _name("rule"), _name("unit"), _text("unit_name"), _name("period", 16),
    Column("before", String(16)), Column("after", String(16)), _name("way", 16), _name("state"),
)  # fmt: skip
UNITS = _table(
    "units",
    _numbered(),
    _name("id", index=True),
    _text("name"), _text("type"), Column("parent", _ID), Column("opened", String(10)), Column("closed", String(10)),
    _text("attributes"), _at("known_from"), _maybe_at("known_until"),
)  # fmt: skip
ACCOUNTS = _table(
    "accounts",
    Column("id", _NUMBER, primary_key=True, autoincrement=True),
    Column("name", _ID, nullable=False, unique=True),
    _text("full_name"), _text("role"), Column("unit", _ID), Column("area", _ID),
    Column("password", Text), _count("failures"), _at("locked_until"),
    Column("reset_hash", String(64)), _maybe_at("reset_until"),
    Column("active", Boolean, nullable=False), _count("version"), _at("created"),
)  # fmt: skip
_ACCOUNT = "accounts.id"
TOKENS = _table(
    "tokens",
    Column("id", _KEY, primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("account", BigInteger, ForeignKey(_ACCOUNT), nullable=False, index=True),
    _text("label"), _at("created"), _at("expires"),
)  # fmt: skip
SESSIONS = _table(
    "sessions",
    Column("hash", String(64), primary_key=True),
    Column("account", BigInteger, ForeignKey(_ACCOUNT), nullable=False, index=True),
    _text("csrf"), _at("created"), _at("expires"),
)  # fmt: skip
SUBMISSIONS = _table(
    "submissions",
    Column("id", _KEY, primary_key=True),
    _name("unit"),
    _name("state", 16), Column("before_lock", String(16)),
    Column("by_account", BigInteger, nullable=False), Column("on_behalf", Boolean, nullable=False),
    _text("file"), Column("content", LargeBinary, nullable=False),
    _at("created"), _maybe_at("reported"), _at("changed"), _text("reason"), _maybe_at("unlocked_until"),
    _count("version"),
    Index("ix_submissions_unit", "unit", "id"), Index("ix_submissions_state", "state", "id"),
)  # fmt: skip
FACTS = _table(
    "facts",
    _numbered(),
    Column("submission", _KEY, ForeignKey("submissions.id"), nullable=False, index=True),
    _name("unit", index=True), _name("indicator"),
    _name("period", 16), Column("value", String(64)), Column("reported", String(64)),
    _text("evidence"), _text("note"), _text("file"), Column("row", Integer), Column("place", Text),
    _at("known_from"), _maybe_at("known_until"),
)  # fmt: skip
WAIVERS = _table(
    "waivers",
    _numbered(),
    _name("id", index=True), _name("rule"),
    _name("unit", index=True), _text("periods"),
    Column("start", String(10)), _name("until", 10), _text("reason"), _text("approved_by"),
    _text("file"), Column("row", Integer), _at("known_from"), _maybe_at("known_until"),
)  # fmt: skip
EVIDENCE = _table(
    "evidence",
    Column("id", _KEY, primary_key=True),
    Column("submission", _KEY, ForeignKey("submissions.id"), nullable=False, index=True),
    _text("name"), _text("type"), _count("size"), _name("sha256", 64),
    Column("content", LargeBinary, nullable=False), Column("by_account", BigInteger, nullable=False), _at("created"),
)  # fmt: skip
FINDINGS = _table(
    "findings",
    Column("id", _KEY, primary_key=True),
    _name("rule"), _name("unit"), _name("period", 16), _name("verdict", 16), _name("force", 16), _text("section"),
    _text("state"), _text("record"), _text("responsible"), _text("facts_digest"), _name("as_of", 10),
    _at("changed"), _text("causes"), Column("run", BigInteger, nullable=False),
    Index("ix_findings_unit", "unit", "id"), Index("ix_findings_changed", "changed", "id"),
    Index("ix_findings_verdict", "verdict", "unit", "id"), Index("ix_findings_rule", "rule", "unit", "id"),
    Index("ix_findings_period", "period", "unit", "id"),
    Index("ix_findings_verdict_changed", "verdict", "changed", "id"),
    Index("ix_findings_rule_changed", "rule", "changed", "id"),
    Index("ix_findings_period_changed", "period", "changed", "id"),
)  # fmt: skip
HISTORY = _table(
    "finding_history",
    _numbered(),
    _name("finding", 16, index=True),
    _at("at"), _text("causes"), Column("verdict", String(16)), Column("before", String(16)),
    _text("record"), _text("facts_digest"), _name("as_of", 10),
    Column("run", BigInteger, nullable=False),
)  # fmt: skip
ANSWERING = _table(
    "answering",
    Column("unit", _ID, primary_key=True),
    Column("finding", _KEY, primary_key=True, index=True),
)
ALERTS = _table(
    "alerts",
    _numbered(),
    _name("unit", index=True), _text("follow_up"), Column("rule", _ID), _text("periods"),
    _text("escalate_to"), _at("since"),
)  # fmt: skip
RUNS = _table(
    "runs",
    _numbered(),
    _at("at"), _text("causes"), _name("as_of", 10), _name("rulebook", 80), _text("version"), _text("engine"),
    _count("judged"), _count("changed"), Column("submission", _KEY),
)  # fmt: skip
OUTSTANDING = _table("outstanding", _numbered(), Column("unit", _ID), _text("cause"), _at("at"))
IDEMPOTENCY = _table(
    "idempotency",
    _numbered(),
    Column("account", BigInteger, nullable=False), _name("route", 200),
    _name("key", 100), _name("digest", 64),
    _count("status"), _text("body"), _at("at"),
    UniqueConstraint("account", "route", "key"), Index("ix_idempotency_at", "at"),
)  # fmt: skip
REVIEWS = _table(
    "reviews",
    Column("finding", _KEY, primary_key=True),
    _name("rule"), _name("unit"), _name("period", 16), _name("state", 16), Column("earlier", String(16)),
    Column("waived_until", String(10)), _count("relapses"), _count("attempt"), Column("order", _KEY),
    Column("due", String(10)), Column("assignee", BigInteger), Column("code", String(16)),
    Column("facts_digest", String(64)), Column("proposer", BigInteger), Column("waiver", _KEY),
    _count("version"), _at("opened"), _at("changed"),
    Index("ix_reviews_state", "state", "unit", "finding"), Index("ix_reviews_unit", "unit", "finding"),
    Index("ix_reviews_assignee", "assignee", "unit", "finding"),
)  # fmt: skip
_REVIEW = "reviews.finding"
REVIEW_EVENTS = _table(
    "review_events",
    _numbered(),
    Column("finding", _KEY, ForeignKey(_REVIEW), nullable=False, index=True),
    _at("at"), Column("account", BigInteger, nullable=False), _name("event", 32), Column("before", String(16)),
    _name("after", 16), _text("said"), _text("detail"), _count("version"), Column("audit", BigInteger, nullable=False),
)  # fmt: skip
ORDERS = _table(
    "rectification_orders",
    Column("id", _KEY, primary_key=True),
    Column("finding", _KEY, ForeignKey(_REVIEW), nullable=False, index=True),
    _name("unit"), _text("reason"), Column("by_account", BigInteger, nullable=False), _at("at"),
    Index("ix_rectification_orders_unit", "unit", "id"),
)  # fmt: skip
ATTEMPTS = _table(
    "rectification_attempts",
    Column("order", _KEY, ForeignKey("rectification_orders.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _name("due", 10), _at("began"), _maybe_at("claimed"), Column("claimed_by", BigInteger), _text("statement"),
    _text("evidence"), _maybe_at("judged"), Column("judged_by", BigInteger), Column("outcome", String(16)),
    _text("reason"),
)  # fmt: skip
WAIVER_REQUESTS = _table(
    "waiver_requests",
    Column("id", _KEY, primary_key=True),
    Column("finding", _KEY, ForeignKey(_REVIEW), nullable=False, index=True),
    _name("rule"), _name("unit"), _name("period", 16), _name("state", 16), _name("until", 10), _text("reason"),
    Column("requester", BigInteger, nullable=False), _at("requested"), Column("approver", BigInteger),
    _maybe_at("decided"), _text("decision"), _count("version"),
    Index("ix_waiver_requests_state", "state", "id"), Index("ix_waiver_requests_unit", "unit", "id"),
)  # fmt: skip
REVIEW_FILES = _table(
    "review_files",
    Column("id", _KEY, primary_key=True),
    Column("finding", _KEY, ForeignKey(_REVIEW), nullable=False, index=True),
    _text("name"), _text("type"), _count("size"), _name("sha256", 64),
    Column("content", LargeBinary, nullable=False), Column("by_account", BigInteger, nullable=False), _at("created"),
)  # fmt: skip
AUDIT = _table(
    "audit",
    Column("seq", _NUMBER, primary_key=True, autoincrement=False),
    _at("at"), Column("account", BigInteger, nullable=False), _text("action"), _text("subject"), _text("detail"),
    _name("mac", 64),
)  # fmt: skip
