"""Keeping to one source, where a site asks for answers out of that one alone, and to no stories.

Safety passages are never kept to a source: a danger is not left unsaid for being told elsewhere.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.ranked import Found
from embeddings.documents import Kind, Passage
from embeddings.snapshot import Snapshot

__all__ = ["UNTRUSTED", "kept_to", "scope", "trusted", "without_stories"]

UNTRUSTED: frozenset[Kind] = frozenset({"report", "opinion"})
"""Kinds of documents that tell what somebody lived through or thinks: no word on a danger."""


def belongs(passage: Passage, snapshot: Snapshot, source: str) -> bool:
    """Whether a passage is of the source, or of the document, that is called `source`."""
    document = snapshot.documents[passage.document]
    return source in (document.id, document.source)


def scope(snapshot: Snapshot, source: str | None) -> NDArray[np.bool_] | None:
    """Which passages are of `source`, of shape (n,); None where all are meant."""
    if source is None:
        return None
    mine = (belongs(passage, snapshot, source) for passage in snapshot.passages)
    return np.fromiter(mine, np.bool_, len(snapshot.passages))


def kept_to(found: Found, snapshot: Snapshot, source: str | None) -> Found:
    """What was found without what is of another source, such as what a moderator has pinned."""
    if source is None:
        return found
    hits = tuple(hit for hit in found.hits if belongs(hit.passage, snapshot, source))
    return replace(found, hits=hits)


def trusted(snapshot: Snapshot) -> NDArray[np.bool_]:
    """Which passages are no report and no opinion, of shape (n,)."""
    kinds = (snapshot.documents[passage.document].kind for passage in snapshot.passages)
    return np.fromiter((kind not in UNTRUSTED for kind in kinds), np.bool_, len(snapshot.passages))


def without_stories(found: Found, snapshot: Snapshot) -> Found:
    """What was found without reports and opinions, such as what a moderator has pinned."""
    documents = snapshot.documents
    hits = (hit for hit in found.hits if documents[hit.passage.document].kind not in UNTRUSTED)
    return replace(found, hits=tuple(hits))
