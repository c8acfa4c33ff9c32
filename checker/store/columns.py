"""What tables are made of: the one schema, and the few kinds of columns that all of them share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Integer, MetaData, String, Table, Text

METADATA = MetaData()
NUMBER = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER counts up by itself there
ID = String(64)
KEY = String(16)


def table(name: str, *parts: Any) -> Table:
    """Give a table of the schema."""
    return Table(name, METADATA, *parts)


def numbered() -> Column[int]:
    """Give the key of rows that are counted."""
    return Column("seq", NUMBER, primary_key=True, autoincrement=True)


def text(name: str, **more: Any) -> Column[str]:
    """Give a column of any text."""
    return Column(name, Text, nullable=False, **more)


def name(name: str, longest: int = 64, **more: Any) -> Column[str]:
    """Give a column of ids and other short texts."""
    return Column(name, String(longest), nullable=False, **more)


def count(name: str) -> Column[int]:
    """Give a column of whole numbers."""
    return Column(name, Integer, nullable=False)


def at(name: str) -> Column[int]:
    """Give a column of instants."""
    return Column(name, BigInteger, nullable=False)


def maybe_at(name: str) -> Column[int]:
    """Give a column of instants that may still be to come."""
    return Column(name, BigInteger)
