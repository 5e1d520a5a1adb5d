"""The words of passages that were considered for an answer, as they may be shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.answering.quoting import hidden, shown
from bot.review.viewing import Alternative
from embeddings.errors import SnapshotError
from embeddings.library import Library

__all__ = ["Words", "words_of"]


@dataclass(frozen=True, slots=True)
class Words:
    """What a passage says, amounts masked, and under which heading it stands."""

    text: str
    heading: str
    language: str


def words_of(library: Library, considered: Iterable[Alternative]) -> Mapping[str, Words]:
    """The words by the id of the passage, of those that the collection of now still has."""
    try:
        snapshot = library.current()
    except SnapshotError:
        return {}
    there = (snapshot.by_id.get(each.passage) for each in considered)
    return {
        each.id: Words(
            shown(each).text, hidden(each.section[-1]) if each.section else "", each.language
        )
        for each in there
        if each is not None
    }
