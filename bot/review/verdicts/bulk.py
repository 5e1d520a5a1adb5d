"""One verdict on all rows of a filter at once, and what it would meet, to be looked at first."""

import secrets
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from bot.review.queue.filters import Filter
from bot.review.queue.pages import Item, free_for, items, listed
from bot.review.storage import Records
from bot.review.verdicts.giving import Opinion, written

__all__ = ["MOST", "Bulk", "judge_all", "met"]

MOST: Final = 500
"""Rows that are judged at once: more is no judgement."""

URGENT: Final = ("emergency", "crisis", "gate", "thumbs_down")
"""Reasons for which a row must be looked at by itself."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """What was judged at once: how many, and the name under which it can be taken back."""

    batch: str
    number: int


def met(records: Records, wanted: Filter, account: int) -> tuple[Item, ...]:
    """The rows that a verdict on a filter would meet: those without one, unclaimed by others.

    Whoever may be in danger, failures of the gate and what a visitor disliked are left out, to be
    looked at one by one. Raises RecordsUnavailable.
    """
    with records.reading() as session:
        return meant(session, wanted, account)


def meant(session: Session, wanted: Filter, account: int) -> tuple[Item, ...]:
    """As `met`, in a session."""
    found = items(session, listed(wanted).where(free_for(account)).limit(MOST * 2))
    plain = [
        each
        for each in found
        if each.verdict is None and not any(reason in URGENT for reason in each.reasons)
    ]
    return tuple(plain[:MOST])


def judge_all(
    records: Records, wanted: Filter, account: int, opinion: Opinion, rows: frozenset[str]
) -> Bulk:
    """Give `opinion` on those of `rows` that the filter still meets, in one transaction.

    `rows` are the ones that the moderator was shown: what came since is not judged unseen.
    Raises RecordsUnavailable.
    """
    batch, number = secrets.token_hex(16), 0
    with records.writing() as session:
        chosen = [each for each in meant(session, wanted, account) if each.row in rows]
        for each in sorted(chosen, key=lambda item: item.row):
            outcome = written(session, each.id, account, opinion, None, batch)
            number += outcome == "saved"
    return Bulk(batch, number)
