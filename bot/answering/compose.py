"""From what was found to an Answer: numbers, quotations, highlights, the safety block."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from string import ascii_lowercase

import numpy as np
from numpy.typing import NDArray

from bot.answer import (
    Answer,
    AnswerKind,
    Choice,
    FirstAid,
    Message,
    QuotedPassage,
    Resource,
    SafetyBlock,
    Score,
)
from bot.answering.highlights import highlight
from bot.answering.quoting import quotation, shown
from bot.answering.safety import TOPICS, Beside
from bot.answering.wording import Wording
from bot.retrieval.ranked import Found
from bot.substances.naming import Names, curated
from embeddings.documents import Language, Passage
from embeddings.search import Hit
from embeddings.snapshot import Snapshot

__all__ = ["Draft", "compose"]


@dataclass(slots=True)
class Draft:
    """An answer while it is being put together; the pipeline fills it from the top down.

    `wording` has every word of it that is no quotation.
    `vector` (d,), `terms`, `asked`, the substances, and `names` are the question's, for the lights;
    `corrections` are those of moderators that made a difference.
    """

    kind: AnswerKind
    language: Language
    wording: Wording
    messages: list[Message] = field(default_factory=list)
    resources: tuple[Resource, ...] = ()
    first_aid: tuple[FirstAid, ...] = ()
    choices: tuple[Choice, ...] = ()
    suggestions: tuple[str, ...] = ()
    found: Found = field(default_factory=lambda: Found((), ()))
    corrections: Sequence[str] = ()
    beside: Sequence[Beside] = ()
    terms: Sequence[str] = ()
    asked: frozenset[str] = frozenset()
    names: Names = field(default_factory=curated)
    vector: NDArray[np.float32] | None = None

    def say(self, key: str, **values: str) -> None:
        """Add a fixed sentence to those that the answer opens with."""
        self.messages.append(self.message(key, **values))

    def message(self, key: str, **values: str) -> Message:
        """A fixed sentence in the language of the answer."""
        return self.wording.message(key, self.language, **values)


def compose(draft: Draft, snapshot: Snapshot | None) -> Answer:
    """Turn a draft into an answer with an id that nobody can guess."""
    passages: tuple[QuotedPassage, ...] = ()
    blocks: tuple[SafetyBlock, ...] = ()
    if snapshot:
        passages = quote_hits(draft, snapshot)
        blocks = safety_blocks(draft, snapshot, passages)
        draft.messages += remarks(draft, passages)
    return Answer(
        id=unguessable(),
        snapshot=snapshot.id if snapshot else None,
        kind=draft.kind,
        language=draft.language,
        messages=tuple(draft.messages),
        resources=draft.resources,
        first_aid=draft.first_aid,
        choices=draft.choices,
        passages=passages,
        safety=blocks,
        suggestions=draft.suggestions,
    )


def unguessable() -> str:
    """Return 24 random letters, 112 bits; a digit before a letter could read like an amount."""
    return "".join(secrets.choice(ascii_lowercase) for _ in range(24))


def quote_hits(draft: Draft, snapshot: Snapshot) -> tuple[QuotedPassage, ...]:
    """Quote the hits in their order, each with the sentences that answer lit up."""
    if draft.vector is None:
        return ()
    lit = partial(
        highlight,
        snapshot,
        vector=draft.vector,
        terms=draft.terms,
        names=draft.names,
        asked=draft.asked,
    )
    return tuple(
        quotation(
            hit.passage,
            snapshot.documents[hit.passage.document],
            draft.language,
            draft.wording,
            number=number,
            highlights=lit(hit.passage, shown(hit.passage).text),
            score=score_of(hit),
        )
        for number, hit in enumerate(draft.found.hits, start=1)
    )


def score_of(hit: Hit) -> Score:
    """Return the scores of a hit, rounded to what means something."""
    return Score(
        fused=round(hit.fused, 4), dense=round(hit.dense, 4), lexical=round(hit.lexical, 3)
    )


def safety_blocks(
    draft: Draft, snapshot: Snapshot, quoted: Sequence[QuotedPassage]
) -> tuple[SafetyBlock, ...]:
    """Put the safety passages under their topics; what is quoted already is only pointed to."""
    numbers = {passage.id: passage.number for passage in quoted}
    numbering = count(len(quoted) + 1)
    blocks = []
    for topic in TOPICS:
        chosen = [item for item in draft.beside if item.topic == topic]
        if not chosen:
            continue
        known = [numbers[i.passage.id] for i in chosen if i.passage and i.passage.id in numbers]
        new: list[QuotedPassage] = []
        for passage in fresh(chosen, numbers):
            numbers[passage.id] = next(numbering)
            document = snapshot.documents[passage.document]
            number = numbers[passage.id]
            new.append(quotation(passage, document, draft.language, draft.wording, number=number))
        notes = list(dict.fromkeys(item.message for item in chosen if item.message))
        blocks.append(
            SafetyBlock(
                topic=topic,
                numbers=tuple(known),
                passages=tuple(new),
                message=as_one(notes, draft.language) if notes else None,
            )
        )
    return tuple(blocks)


def remarks(draft: Draft, passages: Sequence[QuotedPassage]) -> list[Message]:
    """Say what a reader of the quotations should know: another language, something left out."""
    ids = []
    if passages and all(p.language[:2] != draft.language[:2] for p in passages):
        ids.append("other_language")
    if any(p.withheld for p in passages):
        ids.append("withheld_passages")
    return [draft.message(name) for name in ids]


def as_one(notes: Sequence[Message], language: Language) -> Message:
    """Return the notes on one topic as one message; its id is that of the first."""
    gap = " " if language == "en" else ""
    return Message(id=notes[0].id, text=gap.join(note.text for note in notes))


def fresh(chosen: Sequence[Beside], numbers: dict[str, int]) -> list[Passage]:
    """Return the passages that are not quoted yet, each once."""
    found = {item.passage.id: item.passage for item in chosen if item.passage}
    return [passage for name, passage in found.items() if name not in numbers]
