"""Recognising a passage again after its document was moved, renamed or cut in another way.

The id of a passage is a hash of its document's id and its text. What a moderator has blocked must
stay blocked when a folder is renamed or a footnote moves the cuts, so hashes of the whole text and
of its sentences are kept beside the id. They hold none of the words, which may tell an amount.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.overrides import PassageRef
from bot.vocabulary.text import key
from embeddings.documents import Passage
from embeddings.identity import identity
from embeddings.snapshot import Snapshot
from embeddings.text.cleaning import sentences

__all__ = ["best_match", "reference", "standing_for"]

LONG_ENOUGH = 12
"""Letters from which a sentence says enough to be recognised by."""

SHARED = 0.5
"""The share of sentences that two passages must have in common to be the same one, cut anew."""


def marks(text: str) -> tuple[str, ...]:
    """Return a hash for each telling sentence of a text, in their order, each once."""
    runs = (key(text[start:end]) for start, end in sentences(text))
    return tuple(dict.fromkeys(identity(run) for run in runs if len(run) >= LONG_ENOUGH))


def reference(passage: Passage) -> PassageRef:
    """Return what is kept to recognise a passage."""
    return PassageRef(
        passage.id, identity(key(passage.text)), marks(passage.text), passage.document
    )


@lru_cache(maxsize=2)
def _contents(snapshot: Snapshot) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for passage in snapshot.passages:
        found.setdefault(identity(key(passage.text)), []).append(passage.id)
    return {content: tuple(ids) for content, ids in found.items()}


@lru_cache(maxsize=2)
def _sentences(snapshot: Snapshot) -> Mapping[str, frozenset[str]]:
    return {passage.id: frozenset(marks(passage.text)) for passage in snapshot.passages}


def standing_for(snapshot: Snapshot, ref: PassageRef) -> frozenset[str]:
    """Return the ids of the passages of a snapshot that are the one that was meant.

    Those with its id or its very text; where there is none, those that share half their sentences
    with it, in whichever document.
    """
    same = set(_contents(snapshot).get(ref.content, ()))
    if ref.id in snapshot.by_id:
        same.add(ref.id)
    return frozenset(same) if same else frozenset(_cut_anew(snapshot, ref))


def _cut_anew(snapshot: Snapshot, ref: PassageRef) -> Iterable[str]:
    wanted = frozenset(ref.sentences)
    if not wanted:
        return
    for name, there in _sentences(snapshot).items():
        shared = len(wanted & there)
        if shared and shared >= SHARED * min(len(wanted), len(there)):
            yield name


def best_match(snapshot: Snapshot, ref: PassageRef) -> str | None:
    """Return the one passage that stands for the one meant: by id, else by most of its words."""
    if ref.id in snapshot.by_id:
        return ref.id
    wanted = frozenset(ref.sentences)
    found = standing_for(snapshot, ref)
    there = _sentences(snapshot) if len(found) > 1 else {}
    shared = {name: len(wanted & there.get(name, frozenset())) for name in found}
    return min(shared, key=lambda name: (-shared[name], name), default=None)
