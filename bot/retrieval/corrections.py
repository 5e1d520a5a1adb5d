"""Pins and blocks at work: what moderators put first, and what they took out.

Both act on what retrieval found, before the answer is put together, so that a pinned passage goes
through the gate like any other, and nothing here can touch what an emergency is told first.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from bot.overrides import Block, Overrides, Pin
from bot.retrieval.fingerprints import best_match, standing_for
from bot.retrieval.ranked import Found
from bot.retrieval.subject import Subject, subject_of
from bot.substances.naming import Names
from bot.vocabulary.text import Text, key
from embeddings.encoder import Encoder
from embeddings.search import Hit
from embeddings.snapshot import Snapshot

__all__ = ["CLOSE", "NEAR", "correct", "hidden", "reaches", "same_words", "spare"]

CLOSE = 0.9
NEAR = 0.8
"""How near, as the cosine of two questions, a pin may reach. Among the 3,081 pairs of 79 different
questions of `tests/data` two lie above 0.8 with the same substances, and both ask nearly the
same; above 0.7 most pairs ask for something else."""


def hidden(
    snapshot: Snapshot, overrides: Overrides, substances: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Return the ids of the passages that must not be shown in an answer about `substances`."""
    found = _blocked(snapshot, overrides.blocks) if overrides.blocks else ()
    return frozenset[str]().union(
        *(ids for substance, ids in found if substance is None or substance in substances)
    )


@lru_cache(maxsize=4)
def _blocked(
    snapshot: Snapshot, blocks: tuple[Block, ...]
) -> tuple[tuple[str | None, frozenset[str]], ...]:
    """Return the passages of each block with the substance that it is for."""
    return tuple((each.substance, standing_for(snapshot, each.passage)) for each in blocks)


def spare(snapshot: Snapshot, overrides: Overrides, subject: Subject) -> int:
    """Return how many more hits to ask for, so that enough are left without the blocked ones."""
    return len(hidden(snapshot, overrides, subject.substances))


def correct(
    found: Found,
    snapshot: Snapshot,
    overrides: Overrides,
    subject: Subject,
    vector: NDArray[np.float32],
    encoder: Encoder,
    limit: int,
) -> tuple[Found, tuple[str, ...]]:
    """Return what was found without what is blocked and with what is pinned first.

    `vector` (d,) is the subject's text, encoded. With it come the ids of the corrections that
    made a difference, for the trace.
    """
    if not (overrides.pins or overrides.blocks):
        return found, ()
    out = hidden(snapshot, overrides, subject.substances)
    kept = [hit for hit in found.hits if hit.passage.id not in out]
    pins = [pin for pin in overrides.pins if reaches(pin, subject, vector, encoder)]
    used = [f"pin {pin.id}" for pin in pins]
    if len(kept) < len(found.hits):
        used.append("block")
    pinned = _pinned(found, snapshot, pins, vector, out)
    same = {hit.passage.id for hit in pinned}
    same |= {other for hit in pinned for other in hit.passage.translations}
    hits = (*pinned, *(hit for hit in kept if hit.passage.id not in same))[:limit]
    seen = {hit.passage.id for hit in found.weighed}
    weighed = (*(hit for hit in pinned if hit.passage.id not in seen), *found.weighed)
    # `about` must speak of what is shown: a pin answers where retrieval was silent.
    why = None if pinned else found.why
    return Found(hits, weighed, why, found.doubtful and not pinned), tuple(used)


def _pinned(
    found: Found,
    snapshot: Snapshot,
    pins: Sequence[Pin],
    vector: NDArray[np.float32],
    out: frozenset[str],
) -> list[Hit]:
    scored = {hit.passage.id: hit for hit in found.weighed}
    hits: dict[str, Hit] = {}
    for pin in pins:
        for name in (best_match(snapshot, ref) for ref in pin.passages):
            if name is not None and name not in out:
                hits.setdefault(name, scored.get(name) or _unsought(snapshot, name, vector))
    return list(hits.values())


def _unsought(snapshot: Snapshot, name: str, vector: NDArray[np.float32]) -> Hit:
    """Return a hit for a passage that the search did not bring up."""
    [stored] = snapshot.dense.vectors([snapshot.rows[name]])
    cosine = float(stored @ vector)
    return Hit(snapshot.by_id[name], max(0.0, cosine), cosine, 0.0)


def same_words(one: str, other: str) -> bool:
    """Return whether two questions differ in nothing but case, script, spaces and marks."""
    return key(one) == key(other)


def reaches(pin: Pin, subject: Subject, vector: NDArray[np.float32], encoder: Encoder) -> bool:
    """Return whether a pin is meant for a question.

    The same words always. Otherwise the questions must be near, name the same substances, and
    share a topic where both have one: 氯胺酮的副作用 and 氯胺酮会上瘾吗 are near in meaning.
    """
    if same_words(pin.question, subject.text.original):
        return True
    if pin.reach > 1:
        return False
    meant = _meant(pin.question, subject.names)
    if meant.substances != subject.substances:
        return False
    if meant.topics and subject.topics and meant.topics.isdisjoint(subject.topics):
        return False
    return float(_vector(pin.question, cast(Any, encoder)) @ vector) >= pin.reach


@lru_cache(maxsize=4096)
def _vector(question: str, encoder: Any) -> NDArray[np.float32]:  # noqa: ANN401 -- hashable
    found: NDArray[np.float32] = encoder.encode([question])[0]
    return found


@lru_cache(maxsize=512)
def _meant(question: str, names: Names) -> Subject:
    """Read a pin's question with the names that the question asked is read with."""
    return subject_of(Text(question), names)
