"""Whom to call: emergency and support contacts by place, from `contacts.toml`.

A place is what the request or the site states, never guessed from an address. Needs neither
model nor index nor database, so it answers when everything else is broken.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from bot.answer import Resource, ResourceKind
from bot.overrides import ContactEdit, ContactKey
from embeddings.datafiles import beside, table
from embeddings.documents import Language
from embeddings.errors import CatalogueInvalid

__all__ = ["DIALLED", "Contacts", "corrected", "load"]

FILE = beside(__file__, "contacts.toml")
ORDER: tuple[ResourceKind, ...] = ("emergency", "crisis", "drugs", "poison")
DIALLED = re.compile(r"\d{1,8}(?:[ -]\d{1,8}){0,4}", re.ASCII)
WORDS = ("name", "run_by", "note", "hours")


@dataclass(frozen=True, slots=True)
class Contacts:
    """The contacts as loaded: rows by language, in the order of the file, one per region.

    `unknown` lists the regions to show where the reader's is not known, `also` maps what people
    write (`UK`) to the ISO code (`GB`).
    """

    rows: Mapping[Language, tuple[Resource, ...]]
    unknown: Mapping[Language, tuple[str, ...]]
    also: Mapping[str, str]

    def code(self, region: str | None) -> str | None:
        """The ISO code of `region`, in any case of letters, if there are contacts for it."""
        code = (region or "").strip().upper()
        code = self.also.get(code, code)
        return code if any(row.region == code for row in self.rows["en"]) else None

    def resources(
        self,
        region: str | None,
        language: Language,
        kinds: Collection[ResourceKind] | None = None,
        asked_in: Language | None = None,
    ) -> tuple[Resource, ...]:
        """The contacts of `region`, of `kinds` or of all: emergency, crisis, drugs, poison.

        Where the region is not stated or has no contacts, the first of each kind for the places
        where the language is most read. Where the question is `asked_in` another language than
        that of the interface, the places of the question's come first: it is what the person
        speaks now, and an interface may be a borrowed phone's. The caller adds the line about the
        local number.
        """
        wanted = tuple(kind for kind in ORDER if kinds is None or kind in kinds)
        rows = self.rows[language]
        if code := self.code(region):
            here = [row for row in rows if row.region == code]
            return tuple(row for kind in wanted for row in here if row.kind == kind)
        first = {(row.region, row.kind): row for row in reversed(rows)}
        places = dict.fromkeys((*self.unknown[asked_in or language], *self.unknown[language]))
        return tuple(
            first[place, kind] for kind in wanted for place in places if (place, kind) in first
        )

    @property
    def phones(self) -> frozenset[str]:
        """Every number as it is shown: the only digits that the gate lets by unread."""
        return frozenset(row.phone for row in self.rows["en"])

    def everything(self) -> tuple[Resource, ...]:
        """Every contact once, however many regions it serves."""
        seen: dict[tuple[str, str, str], Resource] = {}
        for row in self.rows["en"]:
            seen.setdefault((row.phone, row.reach, row.name), row)
        return tuple(seen.values())

    def stale(self, today: date, months: int = 12) -> tuple[Resource, ...]:
        """The contacts that nobody has verified for `months` months, or ever.

        Takes the date from the caller, so that the calendar never breaks a build.
        """
        return tuple(
            row
            for row in self.everything()
            if row.verified_on is None or _months_between(row.verified_on, today) >= months
        )

    def by_key(self) -> Mapping[ContactKey, tuple[Resource, ...]]:
        """Every contact in the languages of the interface, by region, kind, phone and reach."""
        return {_key(rows[0]): rows for rows in zip(*self.rows.values(), strict=True)}

    def edited(self, edit: ContactEdit) -> "Contacts":
        """The contacts with one edit in them."""
        rows = {
            language: _edited(self.rows[language], edit, edit.rows[at : at + 1])
            for at, language in enumerate(self.rows)
        }
        return replace(self, rows=rows)

    def loses_help_by(self, edit: ContactEdit) -> bool:
        """Whether an edit would leave a region without a kind of contact that it has."""
        return not _kinds(self.rows["en"]) <= _kinds(self.edited(edit).rows["en"])


@lru_cache(maxsize=16)
def corrected(edits: tuple[ContactEdit, ...] = ()) -> Contacts:
    """Put moderators' edits into the shipped contacts, each only where nobody loses help by it."""
    contacts = load()
    for edit in edits:
        if not contacts.loses_help_by(edit):
            contacts = contacts.edited(edit)
    return contacts


def load(path: Path = FILE) -> Contacts:
    """Read and check a file of contacts; raises `CatalogueInvalid` saying which row is wrong."""
    try:
        read = table(str(path), path.name)
        rows = {language: _rows(read, language) for language in get_args(Language)}
        unknown = {language: tuple(read["unknown_region"][language]) for language in rows}
    except KeyError as missing:
        raise CatalogueInvalid(f"{path.name} lacks {missing}") from missing
    except (ValueError, TypeError, AttributeError) as error:
        raise CatalogueInvalid(f"{path.name} cannot be read: {error}") from error
    contacts = Contacts(rows=rows, unknown=unknown, also=read.get("also_called", {}))
    _check(contacts, path.name)
    return contacts


def _edited(
    rows: tuple[Resource, ...], edit: ContactEdit, row: tuple[Resource, ...]
) -> tuple[Resource, ...]:
    if edit.replaces is None:
        return (*rows, *row)
    return tuple(new for old in rows for new in (row if _key(old) == edit.replaces else (old,)))


def _key(row: Resource) -> ContactKey:
    return row.region, row.kind, row.phone, row.reach


def _kinds(rows: Iterable[Resource]) -> frozenset[tuple[str, str]]:
    return frozenset((row.region, row.kind) for row in rows)


def _rows(read: Mapping[str, Any], language: Language) -> tuple[Resource, ...]:
    return tuple(
        _row(entry, region, read["hours"], language)
        for entry in read["contacts"]
        for region in entry["regions"]
    )


def _row(
    entry: Mapping[str, Any], region: str, hours: Mapping[str, Any], language: Language
) -> Resource:
    values = {key: value for key, value in entry.items() if key not in ("regions", *WORDS)}
    words = {key: entry[key] for key in WORDS if key in entry}
    if "hours" in words:
        words["hours"] = hours[words["hours"]]
    spoken = {key: word[language] for key, word in words.items()}
    try:
        return Resource(region=region, **values, **spoken)
    except ValidationError as error:
        raise CatalogueInvalid(f"a contact of {region} is wrong: {error}") from error


def _check(contacts: Contacts, name: str) -> None:
    rows = contacts.rows["en"]
    for row in rows:
        if not re.fullmatch("[A-Z]{2}", row.region) or not DIALLED.fullmatch(row.phone):
            raise CatalogueInvalid(f"{name}: {row.region} {row.phone} is no code and number")
        if not row.source.strip():
            raise CatalogueInvalid(f"{name}: {row.region} {row.phone} has no source")
    places = [(row.region, row.kind, row.phone, row.reach) for row in rows]
    if len(set(places)) != len(places):
        raise CatalogueInvalid(f"{name} holds a contact twice")
    helped = {row.region for row in rows if row.kind == "emergency"}
    listed = {row.region for row in rows}.union(*contacts.unknown.values(), contacts.also.values())
    if lacking := sorted(listed - helped):
        raise CatalogueInvalid(f"{name} has no emergency number for {', '.join(lacking)}")


def _months_between(earlier: date, later: date) -> int:
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months if later.day >= earlier.day else months - 1
