"""Which rulebook judged when: every publication, never changed, with the files that it was made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import func, insert, select, update

from checker.model.rulebook import Rulebook
from checker.store.database import Reading, Writing
from checker.store.tables import CLOCK, PUBLICATIONS, PUBLISHED_FILES, RULEBOOKS


class Publication(NamedTuple):
    """One publication: what judges from the instant `in_force` on, by whom, from which draft, and what it changed.

    `findings`, `changed` and `flipped` are those of its preview, 0 where there was none. `withdrawn`: it was taken back
    before it came into force and never judged.
    """

    seq: int
    digest: str
    published: int
    in_force: int
    by_account: int
    draft: str | None
    reason: str
    findings: int
    changed: int
    flipped: int
    withdrawn: int | None


_COLUMNS = [PUBLICATIONS.c[name] for name in Publication._fields]


def publish(tx: Writing, publication: Publication, rulebook: Rulebook, files: Mapping[str, str]) -> Publication:
    """Let `rulebook`, made of `files`, judge from `publication.in_force` on, and give it with its number.

    `publication.digest` names the rulebook; one that was published before is not stored again.
    """
    connection, digest = tx.connection, publication.digest
    if connection.execute(select(RULEBOOKS.c.digest).where(RULEBOOKS.c.digest == digest)).first() is None:
        values = {"digest": digest, "plan": rulebook.plan.id, "content": rulebook.model_dump_json()}
        account = publication.by_account
        connection.execute(insert(RULEBOOKS).values(**values, published=publication.published, by_account=account))
    told = {name: value for name, value in publication._asdict().items() if name != "seq"}
    number: int = connection.execute(insert(PUBLICATIONS).values(**told).returning(PUBLICATIONS.c.seq)).scalar_one()
    rows = [{"publication": number, "name": name, "content": content} for name, content in files.items()]
    if rows:
        connection.execute(insert(PUBLISHED_FILES), rows)
    return publication._replace(seq=number)


def listed(reading: Reading) -> list[Publication]:
    """Give every publication in the order in which they judge, those withdrawn too."""
    asked = select(*_COLUMNS).order_by(PUBLICATIONS.c.in_force, PUBLICATIONS.c.seq)
    return [Publication(*row) for row in reading.execute(asked)]


def find(reading: Reading, number: int) -> Publication | None:
    """Give the publication of that number."""
    row = reading.execute(select(*_COLUMNS).where(PUBLICATIONS.c.seq == number)).first()
    return Publication(*row) if row else None


def newest(reading: Reading) -> int:
    """Give the number of the last publication, 0 where there is none."""
    return reading.execute(select(func.max(PUBLICATIONS.c.seq))).scalar() or 0


def before(versions: Sequence[Publication], end: int) -> Publication | None:
    """Give the one of `versions` that judged just before the instant `end`, the first one for days before it."""
    counting = [one for one in versions if one.withdrawn is None]
    earlier = [one for one in counting if one.in_force < end]
    return earlier[-1] if earlier else counting[0] if counting else None


def present(reading: Reading, now: int) -> int:
    """Give the first instant that has not come when the clock tells `now`: later than all that was written."""
    last: int = reading.execute(select(CLOCK.c.last)).scalar_one()
    return max(last, now) + 1


def files_of(reading: Reading, number: int) -> dict[str, str]:
    """Give the texts of a publication's files by name; none where it was loaded without them."""
    asked = select(PUBLISHED_FILES.c.name, PUBLISHED_FILES.c.content).where(PUBLISHED_FILES.c.publication == number)
    return {row.name: row.content for row in reading.execute(asked.order_by(PUBLISHED_FILES.c.name))}


def withdraw(tx: Writing, number: int) -> bool:
    """Take back a publication that has not come into force, and say whether there was one."""
    scheduled = (PUBLICATIONS.c.seq == number, PUBLICATIONS.c.in_force > tx.at, PUBLICATIONS.c.withdrawn.is_(None))
    return tx.connection.execute(update(PUBLICATIONS).where(*scheduled).values(withdrawn=tx.at)).rowcount == 1
