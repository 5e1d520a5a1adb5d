"""A filter of the queue as an address and as a form.

Words that are searched for never stand in an address, since they may be a question's own: a
search is kept as the account's latest filter, and the address holds the number of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, get_args
from urllib.parse import parse_qsl, urlencode

from fastapi import Request

from bot.answer import AnswerKind
from bot.answering.phrases import languages
from bot.review.accounts.sessions import Moderator
from bot.review.database.tables import VERDICTS
from bot.review.queue.filters import Filter, StateFilter
from bot.review.queue.saved import recall
from bot.review.queue.urgency import Reason
from web.server.program import Program

__all__ = ["Place", "asked_for", "filter_of", "query_of", "way_back", "whole"]

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": get_args(AnswerKind),
    "language": tuple(languages()),
    "state": get_args(StateFilter),
    "reason": get_args(Reason),
    "verdict": VERDICTS,
}
WORDS: Final = ("substance", "source", "reviewer", "conversation")
DAYS: Final = ("since", "until")
LONGEST: Final = 255


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is in the queue: the filter, the page, the number of a kept filter."""

    wanted: Filter
    number: int
    kept: int | None = None

    def address(self, number: int | None = None) -> str:
        """The query that leads back here, or to another page of the same."""
        shown = {"page": number or self.number}
        if self.kept is not None:
            return urlencode({"f": self.kept, **shown})
        return urlencode([*parts(self.wanted), *shown.items()])


def asked_for(request: Request, program: Program, moderator: Moderator) -> Place:
    """What an address asks for; what it does not understand is left open."""
    asked = request.query_params
    number = whole(asked.get("page", "")) or 1
    kept = whole(asked.get("f", ""))
    if kept is not None:
        found = recall(program.records, moderator.account, kept)
        if found is not None:
            return Place(filter_of(dict(parse_qsl(found.query))), number, kept)
    return Place(replace(filter_of(asked), text=None), number)


def filter_of(fields: Mapping[str, str]) -> Filter:
    """Read a filter; whatever is not one of the choices leaves its question open."""
    found: dict[str, Any] = {}
    for name, choices in CHOICES.items():
        if fields.get(name) in choices:
            found[name] = fields[name]
    for name in (*WORDS, "text"):
        if words := fields.get(name, "").strip()[:LONGEST]:
            found[name] = words
    for name in DAYS:
        if (day := day_of(fields.get(name, ""))) is not None:
            found[name] = day
    return Filter(**found)


def day_of(written: str) -> date | None:
    """A day as a browser writes it; None for anything else."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def whole(written: str) -> int | None:
    """A number from an address; None for anything else."""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else None


def parts(wanted: Filter) -> list[tuple[str, str]]:
    """What of a filter is not left open."""
    names = (*CHOICES, *WORDS, *DAYS, "text")
    values = [(name, getattr(wanted, name)) for name in names]
    return [(name, str(value)) for name, value in values if value is not None]


def query_of(wanted: Filter) -> str:
    """A filter as it is kept: what `filter_of` reads."""
    return urlencode(parts(wanted))


def way_back(request: Request) -> str:
    """The part of an address that leads back to the list, as it came."""
    names = (*CHOICES, *WORDS, *DAYS, "f", "page")
    asked = request.query_params
    return urlencode([(name, asked[name]) for name in names if name in asked])
