"""A text together with what was found in it, so that nothing is looked for in it twice.

One question is asked many things on its way: which substances it names, which topics it touches,
what its disguises hide. Whoever asks hands on the same `Text`, and what was found stays with it,
for as long as that question is answered and no longer.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from bot.vocabulary.matching import Folded, Hit, Phrases
from embeddings.text.tokens import fold

__all__ = ["Text", "key"]

T = TypeVar("T")
Found = TypeVar("Found")


class Text:
    """A text as it stands (`original`), folded when that is first asked for, and then kept."""

    __slots__ = ("_known", "original")

    def __init__(self, original: str) -> None:
        self.original = original
        self._known: dict[Hashable, Any] = {}

    def __repr__(self) -> str:
        """Show how long the text is, never its words: a question stands in no log."""
        return f"Text({len(self.original)} characters)"

    @property
    def folded(self) -> Folded:
        """The text as phrases are compared with it."""
        return self.once("folded", lambda: Folded.of(self.original))

    def hits(self, phrases: Phrases[T]) -> list[Hit[T]]:
        """Return every occurrence of some phrases in the folded text, by start."""
        return self.once(phrases, lambda: phrases.scan(self.folded.text))

    def once(self, what: Hashable, find: Callable[[], Found]) -> Found:
        """Return what `find` finds in this text, found once; `what` tells it from all else."""
        if what not in self._known:
            self._known[what] = find()
        return cast(Found, self._known[what])


def key(text: str) -> str:
    """Return the letters and digits of a text, folded: two spellings of one name have one key."""
    return "".join(character for character in fold(text) if character.isalnum())
