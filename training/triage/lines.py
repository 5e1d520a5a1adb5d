"""The lines that triage is learnt from, each with all that it is.

`labelled.tsv` says of every line all that it is. `phrasings.tsv`, older, says only which kind
leads: what else a line may be is not known, and it counts for no other kind after that one.
Harmless questions about every substance and topic come from the templates of the lexicon,
questions about anything else from `elsewhere.toml`, plain telling from `narrative.toml` and
`telling.txt`, what people tell a counsellor who are in no danger from `worries.txt`, and what
readers ask who have a page before them from `../questions/train.jsonl`.
"""

import json
import random
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from bot.answering.suggestions import question_about
from bot.kinds import BESIDE, PRESSING
from bot.question.classifier import LEARNT
from bot.question.judgement import by_rules
from bot.substances.lexicon import substances
from bot.substances.naming import curated
from bot.vocabulary.english import words
from bot.vocabulary.ordinary import chinese_words
from bot.vocabulary.text import Text
from bot.vocabulary.topics import topics_of_questions
from embeddings.datafiles import beside, table
from embeddings.documents import Language
from embeddings.errors import CatalogueInvalid

__all__ = [
    "INFORMATION",
    "Line",
    "curious",
    "elsewhere",
    "examples",
    "labelled",
    "lines",
    "worries",
]

INFORMATION = "information"
_PHRASINGS = beside(__file__, "phrasings.tsv")
_LABELLED = beside(__file__, "labelled.tsv")
_WORRIES = beside(__file__, "worries.txt")
_TELLING = beside(__file__, "telling.txt")
_ASKED = Path(__file__).parent.parent / "questions" / "train.jsonl"
_NOT_ASKED_OF = frozenset({INFORMATION, "another", "minor"})
_TURN = " \u23ce "
_TEMPLATES = 400
_FRAMES = 600
_FILLED = 14
# Their cue words alone may well be a cry for help.
_NEAR_DANGER = frozenset({"overdose", "first_aid", "mental_health", "withdrawal"})
# How much a sentence of plain telling counts: much more of these, and quiet despair, which is told
# as plainly, is no longer seen. Chosen on folds.
_TELLING_COUNTS = 0.6
# What once went wrong stays mended.
_KNOWN_COUNTS = 4.0


@dataclass(frozen=True, slots=True)
class Line:
    """One example: what it is, what of it is unknown, what it stands or falls with."""

    text: str
    kinds: frozenset[str]
    unknown: frozenset[str] = frozenset()
    batch: str = ""
    language: str = ""
    counts: float = 1.0


def examples(path: Path = _PHRASINGS) -> list[tuple[str, str]]:
    """Return (text, kind) of every older example.

    Raises:
        CatalogueInvalid: a line is not `kind`, `language`, `text` with tabs between.

    """
    found: list[tuple[str, str]] = []
    for kind, *rest in _rows(path):
        if kind not in (INFORMATION, *LEARNT) or len(rest) != 2:
            raise CatalogueInvalid(f"{path.name}: no kind, language and text: {kind} {rest}")
        found.append((rest[1], kind))
    return found


def labelled(path: Path = _LABELLED) -> list[Line]:
    """Return the lines that say all that they are; of a follow-up, what was asked last.

    Raises:
        CatalogueInvalid: a line is not `labels`, `language`, `voice`, `batch`, `text`.

    """
    found = []
    for row in _rows(path):
        kinds = frozenset(row[0].split("+"))
        if len(row) != 5 or not kinds <= _NOT_ASKED_OF.union(LEARNT):
            raise CatalogueInvalid(f"{path.name}: no labels, language, voice, batch, text: {row}")
        text = row[4].rpartition(_TURN)[2]
        found.append(Line(text, kinds, batch=f"batch {row[3]}", language=row[1]))
    return found


def _rows(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]


def lines() -> list[Line]:
    """Return every example, the same at each call."""
    older = [
        Line(text, frozenset({kind}), _untold(kind), text, counts=_KNOWN_COUNTS)
        for text, kind in examples()
    ]
    return [*older, *labelled(), *_harmless(), *curious()]


def _untold(kind: str) -> frozenset[str]:
    """Return the kinds that a line may be too which says only what leads: those that come after.

    Where nothing leads, something may still stand beside.
    """
    order = [str(each) for each in PRESSING]
    after = order[order.index(kind) + 1 :] if kind in order else []
    return frozenset({*after, *BESIDE})


def _harmless() -> list[Line]:
    """Return questions and search words made from the lexicon, and what is told without need."""
    choose = random.Random(1)
    asked = list(product(topics_of_questions().values(), substances().values()))
    languages: tuple[Language, ...] = ("zh-Hans", "en")
    whole = [
        question_about(topic.id, substance.id, language, curated())
        for topic, substance in choose.sample(asked, _TEMPLATES)
        for language in languages
    ]
    terms = [
        f"{choose.choice((substance.zh, substance.en))} {choose.choice(topic.cues).strip('*')}"
        for topic, substance in choose.sample(asked, _TEMPLATES)
        if topic.id not in _NEAR_DANGER
    ]
    none = frozenset({INFORMATION})
    alone = (*whole, *terms, *elsewhere(choose), *worries())
    told = [Line(text, none, batch=text, counts=_TELLING_COUNTS) for text in worries(_TELLING)]
    return [*(Line(text, none, batch=text) for text in alone), *_narrative(choose), *told]


def worries(path: Path = _WORRIES) -> list[str]:
    """Return what people in no danger told; `#` begins a line of explanation."""
    rows = path.read_text(encoding="utf-8").splitlines()
    return [line for line in rows if line and not line.startswith("#")]


def curious(path: Path = _ASKED) -> list[Line]:
    """Return what was asked about pages, but for what the rules see danger in, or decline."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    none = frozenset({INFORMATION})
    return [
        Line(row["query"], none, batch=row["query"])
        for row in rows
        if by_rules(Text(row["query"]), curated()).kinds.isdisjoint(PRESSING)
    ]


def elsewhere(choose: random.Random) -> list[str]:
    """Return questions about anything else: frames filled with things, and everyday worries."""
    found: list[str] = []
    for language in table(__file__, "elsewhere.toml").values():
        frames = list(product(language["frames"], language["n"]))
        for frame, thing in choose.sample(frames, _FRAMES):
            part, material = choose.choice(language["p"]), choose.choice(language["m"])
            found.append(frame.format(n=thing, p=part, m=material))
        found += language["lines"]
    return found


def _narrative(choose: random.Random) -> list[Line]:
    """Return plain telling: frames filled with ordinary words."""
    listed = {"en": sorted(words()), "zh": sorted(chinese_words())}
    return [
        Line(frame.format(a=one, b=other), frozenset({INFORMATION}), batch=frame)
        for language, told in table(__file__, "narrative.toml").items()
        for frame in told["frames"]
        for one, other in (choose.sample(listed[language], 2) for _ in range(_FILLED))
    ]
