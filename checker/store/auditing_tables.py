"""The tables of what auditors check by: samples drawn, periods signed off, and what of the inbox was read."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, String

from checker.store.columns import ID, KEY, at, count, maybe_at, name, table, text

SAMPLES = table(
    "audit_samples",
    Column("id", KEY, primary_key=True),
    text("title"), text("seed"), text("confidence"), text("margin"), name("area"), text("filters"), count("size"),
    count("population"), name("digest"), text("drawn_from"), name("as_of", 10),
    Column("by_account", BigInteger, nullable=False), at("at"),
    Index("ix_audit_samples_area", "area", "id"),
)  # fmt: skip
SAMPLED = table(
    "audit_sampled",
    Column("sample", KEY, ForeignKey("audit_samples.id"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    name("finding", 16), name("rule"), name("unit"), name("period", 16), name("verdict", 16), text("record"),
    name("facts_digest"), Column("outcome", String(16)), text("note"), Column("by_account", BigInteger),
    maybe_at("at"), count("version"),
    Index("ix_audit_sampled_finding", "finding"),
)  # fmt: skip
SIGN_OFFS = table(
    "sign_offs",
    Column("id", KEY, primary_key=True),
    name("period", 16), name("area"), Column("by_account", BigInteger, nullable=False), at("at"), name("as_of", 10),
    name("rulebook", 80), text("version"), count("findings"), count("left_out"), name("digest"), text("open"),
    text("reason"), Column("replaces", KEY), name("seal"),
    Index("ix_sign_offs_period", "period", "area", "at"),
)  # fmt: skip
_SIGN_OFF = "sign_offs.id"
SIGNED_FINDINGS = table(
    "signed_findings",
    Column("sign_off", KEY, ForeignKey(_SIGN_OFF), primary_key=True),
    Column("finding", KEY, primary_key=True),
    name("rule"), name("unit"), name("period", 16), name("verdict", 16), text("state"), text("record"),
    name("facts_digest"),
)  # fmt: skip
SIGNED_REPORTS = table(
    "signed_reports",
    Column("sign_off", KEY, ForeignKey(_SIGN_OFF), primary_key=True),
    Column("format", String(16), primary_key=True),
    name("sha256"), Column("content", LargeBinary, nullable=False),
)  # fmt: skip
INBOX_READ = table(
    "inbox_read",
    Column("account", BigInteger, primary_key=True, autoincrement=False),
    Column("item", ID, primary_key=True),
    at("at"),
)  # fmt: skip
