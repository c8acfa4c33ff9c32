"""Every test of the store runs on SQLite and on PostgreSQL."""

from tests.stores import clock, database, postgres_url

__all__ = ["clock", "database", "postgres_url"]
