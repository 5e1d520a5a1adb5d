"""What a change would do, before it is made: the answers of today beside those of tomorrow.

Both come from the real program, the second under the corrections as they would be
(`Bot.under`). Asked are the question itself, all cases, and the questions that visitors asked
lately, the nearest in meaning first, for as long as a moderator may be kept waiting. A question
that the change cannot reach is not asked: its answer is the same.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import singledispatch
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from bot.answer import Answer
from bot.overrides import Overrides
from bot.pipeline import Bot, Question
from bot.retrieval.corrections import reaches
from bot.retrieval.subject import subject_of
from bot.review.changes.feed import with_payload
from bot.review.changes.payloads import AliasPayload, CasePayload, Payload, PinPayload
from bot.review.changes.versions import listed
from bot.review.database.tables import QueueRow
from bot.review.storage import Records
from bot.review.vectors import vectors_of
from bot.substances.naming import Names, corrected, curated
from bot.vocabulary.text import Text
from embeddings.encoder import Encoder

__all__ = ["Difference", "Near", "Preview", "differences", "lately", "near", "preview", "without"]

SECONDS: Final = 8.0
LATELY: Final = 500
"""How many of the questions asked last are looked at."""

SHOWN: Final = 10

DRILLS: Final = (
    "我朋友吸了K粉之后叫不醒，嘴唇发紫",
    "我不想活了",
    "K粉一次吃多少？",
    "哪里能买到K粉？",
    "你好",
    "今天天气怎么样？",
    "My friend is not breathing after heroin",
    "I want to kill myself",
    "How much ketamine is safe?",
    "hello",
)
"""Asked where a sentence or a contact is changed: one for each kind of answer that has its own."""

Origin = Literal["itself", "case", "drill", "asked"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that would be answered otherwise; `origin` says where it comes from."""

    question: str
    origin: Origin
    before: Answer
    after: Answer

    @property
    def gone(self) -> frozenset[str]:
        """The passages that would no longer be shown."""
        return shown(self.before) - shown(self.after)

    @property
    def new(self) -> frozenset[str]:
        """The passages that would be shown, and are not now."""
        return shown(self.after) - shown(self.before)


@dataclass(frozen=True, slots=True)
class Near:
    """A question that is near another; `reached` says that a pin would be meant for it too."""

    question: str
    cosine: float
    reached: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do: `asked` of `known` questions were compared in the time there was."""

    differences: tuple[Difference, ...]
    near: tuple[Near, ...]
    asked: int
    known: int


def shown(answer: Answer) -> frozenset[str]:
    """The ids of all passages of an answer."""
    beside = (passage.id for block in answer.safety for passage in block.passages)
    return frozenset({*(passage.id for passage in answer.passages), *beside})


def lately(records: Records) -> tuple[str, ...]:
    """The questions asked last, each once. Raises RecordsUnavailable."""
    found = select(QueueRow.question).order_by(QueueRow.hour.desc()).limit(LATELY)
    with records.reading() as session:
        return tuple(dict.fromkeys(question for question in session.scalars(found) if question))


def cases(records: Records) -> tuple[str, ...]:
    """The questions of all cases. Raises RecordsUnavailable."""
    return tuple(row.target for row in listed(records, ("case",), ("active",)))


def without(overrides: Overrides, name: str) -> Overrides:
    """The corrections as they would be without one of them."""
    return replace(
        overrides,
        pins=tuple(each for each in overrides.pins if each.id != name),
        blocks=tuple(each for each in overrides.blocks if each.id != name),
        aliases=tuple(each for each in overrides.aliases if each.id != name),
        phrases=tuple(each for each in overrides.phrases if each.id != name),
        contacts=tuple(each for each in overrides.contacts if each.id != name),
    )


def preview(
    bot: Bot,
    records: Records,
    payload: Payload,
    asked: str = "",
    adding: bool = True,
    name: str = "candidate",
) -> Preview:
    """What it would do to make a change, or to take the one called `name` back if not `adding`.

    `asked` is the question that the moderator looks at. Raises RecordsUnavailable, SnapshotError,
    ModelUnavailable.
    """
    before = bot.overrides()
    after = with_payload(before, name, payload) if adding else without(before, name)
    known = [(asked, "itself")] if asked else []
    known += [(question, "case") for question in cases(records)]
    if payload.kind in ("phrase", "contact"):
        known += [(question, "drill") for question in DRILLS]
    logged = lately(records)
    ready = bot.ready()
    encoder, names = ready.encoder, ready.names(after)
    ranked = near(encoder, names, asked, logged, payload) if asked else ()
    order = [each.question for each in ranked] or list(logged)
    known += [(question, "asked") for question in order]
    found, done = differences(bot, before, after, distinct(known), reach(payload, encoder, names))
    return Preview(tuple(found), ranked[:SHOWN], done, len(distinct(known)))


def distinct(known: Sequence[tuple[str, str]]) -> list[tuple[str, Origin]]:
    """Each question once, under its first origin."""
    found: dict[str, Origin] = {}
    for question, origin in known:
        found.setdefault(question, origin)  # type: ignore[arg-type]
    return list(found.items())


def differences(
    bot: Bot,
    before: Overrides,
    after: Overrides,
    questions: Sequence[tuple[str, Origin]],
    reached: Callable[[str], bool] = lambda _: True,
    seconds: float = SECONDS,
) -> tuple[list[Difference], int]:
    """Ask questions under both states of the corrections; those that come out otherwise.

    With them comes how many were settled before the time was up.
    """
    until = time.monotonic() + seconds
    found: list[Difference] = []
    one, other = bot.under(before), bot.under(after)
    for done, (question, origin) in enumerate(questions):
        if time.monotonic() > until:
            return found, done
        if not reached(question):
            continue
        pair = one.ask(Question(question)), other.ask(Question(question))
        if essence(pair[0]) != essence(pair[1]):
            found.append(Difference(question, origin, *pair))
    return found, len(questions)


def essence(answer: Answer) -> str:
    """What a visitor would notice of an answer."""
    return answer.model_copy(update={"id": ""}).model_dump_json(
        exclude={"passages": {"__all__": {"score"}}}
    )


@singledispatch
def reach(payload: Payload, encoder: Encoder, names: Names) -> Callable[[str], bool]:
    """What tells whether a change can make a difference to a question at all."""
    return lambda _: True


@reach.register
def _(payload: CasePayload, encoder: Encoder, names: Names) -> Callable[[str], bool]:
    return lambda _: False


@reach.register
def _(payload: PinPayload, encoder: Encoder, names: Names) -> Callable[[str], bool]:
    pin = payload.edit("candidate")

    def reached(question: str) -> bool:
        [vector] = vectors_of(encoder, (question,))
        return reaches(pin, subject_of(Text(question), names), vector, encoder)

    return reached


@reach.register
def _(payload: AliasPayload, encoder: Encoder, names: Names) -> Callable[[str], bool]:
    edited = corrected(curated(), (payload.edit("candidate"),))

    def reached(question: str) -> bool:
        text = Text(question)
        before = curated().mentions(text, asked=True)
        return edited.mentions(text, asked=True) != before

    return reached


def near(
    encoder: Encoder,
    names: Names,
    asked: str,
    questions: Sequence[str],
    payload: Payload | None = None,
) -> tuple[Near, ...]:
    """Questions by how near they are to one, the nearest first."""
    others = [question for question in questions if question != asked]
    if not others:
        return ()
    [own] = vectors_of(encoder, (asked,))
    vectors = vectors_of(encoder, others)
    cosines: NDArray[np.float32] = vectors @ own
    reached = reach(payload, encoder, names) if isinstance(payload, PinPayload) else lambda _: False
    return tuple(ranked(others, cosines, reached))


def ranked(
    questions: Sequence[str], cosines: NDArray[np.float32], reached: Callable[[str], bool]
) -> Iterator[Near]:
    """Questions by their cosines; only for the first is it worked out whether they are reached."""
    for place, at in enumerate(np.argsort(-cosines, kind="stable")):
        question = questions[int(at)]
        yield Near(question, float(cosines[at]), place < SHOWN and reached(question))
