"""The last check on a finished answer: is each quotation the source's own, does no amount show.

It fails closed: a passage that fails is dropped, and a fixed sentence that fails is dropped too.
Nothing in a request can turn it off. What is dropped is never written into the log.

Each check depends on nothing but the words given to it, so that its outcome is remembered in this
process; nothing on the disk can stand for a check (`docs/decisions/0018-the-gate-remembers.md`).
"""

import logging
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote

from bot.answer import Answer, Message, QuotedPassage, Resource, SafetyBlock
from bot.answering.quoting import REMEMBERED, found
from bot.answering.verbatim import verbatim
from bot.answering.wording import Wording
from bot.screening.instructions import instructed, taught
from bot.screening.passages import leaks
from bot.screening.policy import policy
from embeddings.snapshot import Snapshot

__all__ = ["check", "failures", "permitted"]

log = logging.getLogger(__name__)


def check(
    answer: Answer, snapshot: Snapshot | None, wording: Wording
) -> tuple[Answer, tuple[str, ...]]:
    """Return the answer without whatever fails, and what was dropped and why.

    `wording` is what the answer was made with: a telephone number stands in its contacts, or goes.
    """
    dropped = [
        f"passage {passage.id}: {why}"
        for passage in quoted(answer)
        for why in failures(passage, snapshot)
    ]
    bad = {line.split()[1].rstrip(":") for line in dropped}
    words, wrong = spoken(answer, wording)
    if not bad and not wrong:
        return answer, ()
    note = wording.message("gate_dropped", answer.language)
    return without(answer, bad, words, note), (*dropped, *wrong)


def quoted(answer: Answer) -> Iterator[QuotedPassage]:
    """Yield every quotation of an answer, safety included."""
    yield from answer.passages
    for block in answer.safety:
        yield from block.passages


def permitted(passage: QuotedPassage, snapshot: Snapshot) -> bool:
    """Return whether a quotation may leave the program outside an answer; logs it where not."""
    wrong = tuple(failures(passage, snapshot))
    for why in wrong:
        log.error("gate: passage %s: %s", passage.id, why)
    return not wrong


def failures(passage: QuotedPassage, snapshot: Snapshot | None) -> Iterator[str]:
    """Yield why a quotation may not leave the program."""
    if snapshot is None or not verbatim(passage, snapshot):
        yield "not word for word"
    citation = passage.citation
    if any(tells(text) for text in (passage.text, *visible(passage))):
        yield "amount"
    if teaches(passage.text, citation.title, citation.section, citation.document):
        yield "instruction"


def visible(passage: QuotedPassage) -> Iterator[str]:
    """Yield what a reader sees of a citation, each part and the line that they make together."""
    citation = passage.citation
    yield " / ".join((citation.title, *citation.section))
    yield from citation.titles.values()
    yield from (*citation.references, *citation.authors)
    given = (citation.journal, citation.url, citation.doi, citation.licence, citation.date)
    yield from (text for text in (*given, citation.title_note) if text)
    yield from (citation.document, unquote(citation.view), passage.id, *passage.translations)


def tells(text: str) -> bool:
    """Return whether words of a source, or of ours, tell an amount; never asked of a visitor's."""
    return bool(found(text))


@lru_cache(maxsize=REMEMBERED)
def teaches(text: str, title: str, section: tuple[str, ...], path: str) -> bool:
    """Return whether a quotation still instructs in making, preparing or buying, or is unread
    because it is longer than any passage.
    """
    if len(text) + len(title) + len(path) + sum(map(len, section)) > policy().length:
        return True
    return bool(taught(text, title, section, path) or instructed(text, section)[0])


def spoken(answer: Answer, wording: Wording) -> tuple[Answer, tuple[str, ...]]:
    """Drop every sentence of an answer's own that shows an amount."""
    phones = wording.contacts.phones
    kept = {
        "messages": tuple(m for m in answer.messages if not tells(m.text)),
        "first_aid": tuple(c for c in answer.first_aid if not tells(f"{c.text}\n{c.source}")),
        "suggestions": tuple(s for s in answer.suggestions if not tells(s)),
        "choices": tuple(c for c in answer.choices if not leaks(c.label + " " + c.question)),
        "resources": tuple(r for r in answer.resources if r.phone in phones and plain(r)),
        "safety": tuple(silenced(block) for block in answer.safety),
    }
    wrong = [
        f"{name}: {len(getattr(answer, name)) - len(values)} dropped"
        for name, values in kept.items()
        if len(values) != len(getattr(answer, name))
    ]
    if kept["safety"] != answer.safety:
        wrong.append("safety: a message dropped")
    return answer.model_copy(update=kept), tuple(wrong)


def silenced(block: SafetyBlock) -> SafetyBlock:
    """Leave out the message of a safety block if it shows an amount."""
    bad = block.message is not None and tells(block.message.text)
    return block.model_copy(update={"message": None}) if bad else block


@lru_cache(maxsize=1_000)
def plain(resource: Resource) -> bool:
    """Return whether the words of a contact show no amount; its number is not asked."""
    words = (resource.name, resource.run_by, resource.hours, resource.note, resource.source)
    return not any(leaks(text) for text in words if text)


def without(answer: Answer, bad: set[str], words: Answer, note: Message) -> Answer:
    """Leave out the passages named in `bad` and say that something was left out."""
    numbers = {p.number for p in quoted(answer) if p.id in bad}
    passages = tuple(p for p in words.passages if p.id not in bad)
    blocks = tuple(
        block.model_copy(
            update={
                "passages": tuple(p for p in block.passages if p.id not in bad),
                "numbers": tuple(n for n in block.numbers if n not in numbers),
            }
        )
        for block in words.safety
    )
    kind = "not_found" if answer.kind == "answer" and not passages else answer.kind
    return words.model_copy(
        update={
            "kind": kind,
            "passages": passages,
            "safety": blocks,
            "messages": (*words.messages, note),
        }
    )
