"""A rectification notice (整改通知书) as text, in the order of an official letter: the same for every format."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from checker.model.language import Language

Field = tuple[str, str]
"""A label and what is stated under it."""


class Item(NamedTuple):
    """One thing to put right: its heading, and labelled statements about it."""

    heading: str
    fields: tuple[Field, ...]


class Slip(NamedTuple):
    """What comes back (回执): a table to fill in below its `heads`, and lines to sign."""

    title: str
    intro: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    signatures: tuple[str, ...]


class Notice(NamedTuple):
    """A notice as text in one language; `issuer` empty: the letterhead and signature are left to the stamp."""

    language: Language
    dated: date
    issuer: str
    title: str
    number: str
    addressee: str
    opening: str
    items_title: str
    items: tuple[Item, ...]
    demands_title: str
    demands: tuple[str, ...]
    enclosure: str
    signature: str
    issued: str
    copies: str
    slip: Slip
