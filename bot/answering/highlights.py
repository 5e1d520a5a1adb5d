"""Which sentences of a passage answer: those nearest to the question in words and in meaning."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.substances.naming import Names
from bot.vocabulary.matching import Folded, Phrases
from embeddings.documents import Passage
from embeddings.snapshot import Snapshot
from embeddings.text.tokens import tokenise

__all__ = ["highlight"]

NEAR = 0.8
"""A second sentence is lit where it scores this share of the best one."""

AT_MOST = 2

NAMES, OF_CLASS = 0.4, 0.7
"""What it counts that a sentence names the other substance asked about; its class counts less."""


def highlight(
    snapshot: Snapshot,
    passage: Passage,
    text: str,
    vector: NDArray[np.float32],
    terms: Sequence[str],
    names: Names,
    asked: frozenset[str] = frozenset(),
) -> tuple[tuple[int, int], ...]:
    """Return the spans of the sentences of `text` that answer, in code points, in their order.

    `text` is the passage as it is shown, `vector` the question's of shape (d,), `terms` the
    tokens of the question and of its expansions, `names` those that count, `asked` the substances
    of a question about more than one: the sentences that name those which the document is not
    about come first.
    """
    found = snapshot.sentences.of(snapshot.rows[passage.id])
    if not len(found.spans):
        return ()
    spans = [(int(start), int(end)) for start, end in found.spans]
    meaning = found.vectors.astype(np.float32) @ vector
    wanted = frozenset(terms)
    words = np.array([overlap(text[start:end], wanted) for start, end in spans])
    scores = meaning + words + NAMES * naming(names, passage, text, spans, asked)
    best = [i for i in np.argsort(-scores)[:AT_MOST] if scores[i] >= NEAR * scores.max()]
    return tuple(trimmed(text, *spans[i]) for i in sorted(best))


def naming(
    names: Names,
    passage: Passage,
    text: str,
    spans: Sequence[tuple[int, int]],
    asked: frozenset[str],
) -> NDArray[np.float32]:
    """Return, of shape (n,), which sentences name what is asked about beside a page's subject."""
    found = np.zeros(len(spans), dtype=np.float32)
    others = asked.difference(passage.labels.get("page", ()))
    if len(asked) < 2 or not others:
        return found
    starts, folded = [start for start, _ in spans], Folded.of(text)
    for hit in called(names, others).scan(folded.text):
        at = max(bisect_right(starts, folded.span(hit.start, hit.end)[0]) - 1, 0)
        found[at] = max(found[at], hit.value)
    return found


@lru_cache(maxsize=64)
def called(names: Names, substances: frozenset[str]) -> Phrases[float]:
    """Return the names of substances, and of their classes, which count less."""
    strength = dict.fromkeys(names.classes_of(substances), OF_CLASS) | dict.fromkeys(
        substances, 1.0
    )
    known = ((names.substances[key], value) for key, value in strength.items())
    return Phrases(
        (name, value)
        for each, value in known
        for name in (each.zh, each.en, *each.aliases)
        if name not in each.context
    )


def overlap(sentence: str, terms: frozenset[str]) -> float:
    """Return the share of the question's terms that a sentence has, damped for long sentences."""
    own = tokenise(sentence)
    if not own or not terms:
        return 0.0
    return len(terms & set(own)) / len(terms) / (1 + 0.1 * math.log1p(len(own)))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out white space at both ends of a span."""
    inside = text[start:end]
    left = len(inside) - len(inside.lstrip())
    return start + left, end - (len(inside) - len(inside.rstrip()))
