"""Answers and traces as the program makes them, for the tests to log."""

import secrets
from dataclasses import replace

from bot.answer import (
    Answer,
    AnswerKind,
    Choice,
    Citation,
    Message,
    QuotedPassage,
    Resource,
    SafetyBlock,
    Score,
    Withheld,
)
from bot.trace import Candidate, Trace

__all__ = ["CHOICE", "HELPLINE", "answer", "passage", "trace"]


def passage(number: int, text: str = "氯胺酮 ▢ 会引起解离。") -> QuotedPassage:
    """A quoted passage with everything that one can have."""
    return QuotedPassage(
        number=number,
        id=f"p{number}",
        language="zh-Hans",
        kind="review",
        text=text,
        highlights=((0, 3),),
        withheld=(Withheld(start=4, end=5, reason="amount"),),
        citation=Citation(
            title="艾司氯胺酮综述",
            section=("不良反应",),
            authors=("张三",),
            year=2025,
            document="seeds/002.txt",
            start=10,
            end=40,
            view="/sources/seeds/002.txt#p1",
        ),
        score=Score(fused=0.5, dense=0.7, lexical=0.3),
    )


def answer(kind: AnswerKind = "answer", **fields: object) -> Answer:
    """An answer of a kind, with a random id."""
    made = Answer(
        id=secrets.token_urlsafe(16),
        snapshot="snap1",
        kind=kind,
        language="zh-Hans",
        messages=(Message(id="hello", text="这里是文献里的原话。"),),
        passages=(passage(1),),
        safety=(SafetyBlock(topic="overdose", passages=(passage(9, "过量时 ▢ 呼吸会变慢。"),)),),
        suggestions=("氯胺酮会上瘾吗？",),
    )
    return made.model_copy(update=fields)


def trace(**fields: object) -> Trace:
    """A trace with one candidate."""
    made = Trace(
        triage="information",
        signs=("sign.one",),
        substances=("ketamine",),
        candidates=(Candidate("p1", "seeds/002.txt", 0.5, 0.7, 0.3, True),),
        milliseconds={"triage": 0.4321, "search": 12.3456},
    )
    return replace(made, **fields)  # type: ignore[arg-type]


CHOICE = Choice(label="氯胺酮", question="我叫王伟，喵喵是什么？")
HELPLINE = Resource(
    region="CN", kind="crisis", name="热线", phone="010-82951332", source="https://example.org"
)
