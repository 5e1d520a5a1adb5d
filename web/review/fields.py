"""What a moderator typed into the form of a change, as the payload that it stands for."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, get_args

from pydantic import ValidationError

from bot.answer import AnswerKind
from bot.answering.contacts import Contacts
from bot.answering.phrases import languages
from bot.overrides import ContactKey
from bot.retrieval.corrections import CLOSE, NEAR
from bot.review.cases.asking import passage_payload
from bot.review.changes.checks import check
from bot.review.changes.payloads import Payload, payload_of
from bot.review.database.change_tables import KindName
from bot.review.redaction import redact
from bot.substances.lexicon import substances
from embeddings.errors import ChangeInvalid
from embeddings.snapshot import Snapshot

__all__ = ["REACHES", "chosen", "contact_key", "payload_from"]

REACHES: Final[Mapping[str, float]] = {"same": 2.0, "close": CLOSE, "near": NEAR}
"""How far a pin reaches, by the words of the form."""

PICKED: Final = "passage-"
Fields = Mapping[str, str]


def chosen(fields: Fields) -> tuple[str, ...]:
    """The ids of the passages that are ticked, in the order of the form."""
    return tuple(name.removeprefix(PICKED) for name in fields if name.startswith(PICKED))


def payload_from(kind: KindName, fields: Fields, snapshot: Snapshot, contacts: Contacts) -> Payload:
    """Read and check a form; `contacts` are those that hold now.

    Raises ChangeInvalid, which names the phrase that says why.
    """
    try:
        payload = payload_of(kind, READERS[kind](fields, snapshot, contacts))
    except ValidationError as error:
        raise ChangeInvalid("change_incomplete", f"The form lacks {error.error_count()}") from None
    check(payload, contacts)
    return payload


def passages(fields: Fields, snapshot: Snapshot) -> list[dict[str, Any]]:
    """The passages that are ticked. Raises ChangeInvalid for one that is gone meanwhile."""
    ids = chosen(fields)
    if any(name not in snapshot.by_id for name in ids):
        raise ChangeInvalid("passage_gone", "The passage is not in the documents any more.")
    return [passage_payload(snapshot.by_id[name], snapshot).model_dump() for name in ids]


def pin(fields: Fields, snapshot: Snapshot, __: Contacts) -> dict[str, Any]:
    """A pin; the question is redacted once more, for it stays."""
    found = passages(fields, snapshot)
    if not found:
        raise ChangeInvalid("change_needs_passage", "A pin needs a passage.")
    return {
        "question": redact(fields.get("question", "").strip()),
        "passages": found,
        "reach": REACHES.get(fields.get("reach", ""), REACHES["same"]),
    }


def block(fields: Fields, snapshot: Snapshot, __: Contacts) -> dict[str, Any]:
    """A block of the one passage that is ticked."""
    found = passages(fields, snapshot)
    if len(found) != 1:
        raise ChangeInvalid("change_needs_passage", "A block takes one passage.")
    return {"passage": found[0], "substance": fields.get("substance") or None}


def alias(fields: Fields, _: Snapshot, __: Contacts) -> dict[str, Any]:
    """A name and what it means: names or ids of substances, with commas between."""
    known = {
        word.casefold(): each.id
        for each in substances().values()
        for word in (each.id, each.en, each.zh)
    }
    typed = (each.strip() for each in re.split("[,，、\n]", fields.get("substances", "")))
    meant = (known.get(each.casefold(), each) for each in typed if each)
    return {
        "name": fields.get("name", "").strip(),
        "substances": list(dict.fromkeys(meant)),
        "ordinary": fields.get("ordinary") == "on",
    }


def phrase(fields: Fields, _: Snapshot, __: Contacts) -> dict[str, Any]:
    """A sentence in other words."""
    key, language = (*fields.get("sentence", "").split("|"), "")[:2]
    return {
        "language": language,
        "key": key,
        "text": fields.get("text", "").replace("\r\n", "\n").strip(),
        "source": fields.get("source", "").strip(),
    }


def contact_key(text: str) -> ContactKey | None:
    """The key of a contact as a form carries it; None where it says nothing."""
    parts = text.split("|")
    return (parts[0], parts[1], parts[2], parts[3]) if len(parts) == 4 else None


def contact(fields: Fields, _: Snapshot, contacts: Contacts) -> dict[str, Any]:
    """A contact; what the form does not ask for is kept from the one that it replaces."""
    replaces = contact_key(fields.get("replaces", ""))
    if fields.get("remove") == "on":
        return {"replaces": replaces, "contact": None}
    rows = contacts.by_key().get(replaces, ()) if replaces else ()
    said = {
        name: {
            tongue: fields[f"{name}-{tongue}"].strip()
            for tongue in languages()
            if fields.get(f"{name}-{tongue}", "").strip()
        }
        for name in ("name", "hours", "note")
    }
    run_by = {
        tongue: row.run_by for tongue, row in zip(languages(), rows, strict=False) if row.run_by
    }
    return {
        "replaces": replaces,
        "contact": {
            "region": fields.get("region", "").strip().upper(),
            "kind": fields.get("kind", ""),
            "phone": fields.get("phone", "").strip(),
            "reach": fields.get("reach") or "call",
            "languages": rows[0].languages if rows else (),
            **said,
            "run_by": run_by,
            "source": fields.get("source", "").strip(),
            "verified_on": day(fields.get("verified_on", "")),
        },
    }


def day(text: str) -> date | None:
    """A day as a form sends it. Raises ChangeInvalid."""
    try:
        return date.fromisoformat(text) if text.strip() else None
    except ValueError:
        raise ChangeInvalid("change_incomplete", "This is no day.") from None


def case(fields: Fields, snapshot: Snapshot, __: Contacts) -> dict[str, Any]:
    """A case: passages that are right, a kind of answer, or that nothing must be quoted."""
    answer = fields.get("answer", "")
    return {
        "question": redact(fields.get("question", "").strip()),
        "answer": answer if answer in get_args(AnswerKind) else None,
        "passages": passages(fields, snapshot),
        "answerable": fields.get("nothing") != "on",
    }


READERS: Final = {
    "pin": pin,
    "block": block,
    "alias": alias,
    "phrase": phrase,
    "contact": contact,
    "case": case,
}
