"""BM25 over our own tokens, because the stock tokenisers find no Chinese."""

from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from embeddings.errors import SnapshotCorrupt
from embeddings.text.tokens import tokenise

__all__ = ["LexicalIndex"]

NOTHING = "\x00"
"""A token that no text has: keeps the mean length of an empty corpus from being zero."""


class LexicalIndex:
    """BM25 as in Lucene (Robertson and Zaragoza 2009; k1 1.2, b 0.75)."""

    def __init__(self, scorer: bm25s.BM25) -> None:
        self._scorer = scorer
        self._documents = int(scorer.scores["num_docs"])

    @classmethod
    def build(cls, texts: Sequence[str]) -> "LexicalIndex":
        """Index `texts`; row i of every score is text i."""
        scorer = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        scorer.index([tokenise(text) or [NOTHING] for text in texts], show_progress=False)
        return cls(scorer)

    @classmethod
    def load(cls, directory: Path) -> "LexicalIndex":
        """Open the index in `directory`; raises SnapshotCorrupt if it cannot be read."""
        try:
            return cls(bm25s.BM25.load(str(directory)))
        except (OSError, ValueError, KeyError) as error:
            raise SnapshotCorrupt(
                "the lexical index cannot be read; run `safepassage ingest` to build it again"
            ) from error

    def __len__(self) -> int:
        return self._documents

    def scores(self, query: str) -> NDArray[np.float32]:
        """Return the BM25 score of every text, shape (n,)."""
        return self.token_scores(tokenise(query))

    def token_scores(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        """Return the BM25 score of every text for terms that are tokens already."""
        known = self.known(tokens)
        if not known:
            return np.zeros(self._documents, dtype=np.float32)
        found: NDArray[np.float32] = self._scorer.get_scores(known)
        return found

    def rows_with(self, token: str) -> NDArray[np.int32]:
        """Return the rows of the texts that have a term, none for one that no text has."""
        number = self._scorer.vocab_dict.get(token)
        if number is None:
            return np.empty(0, dtype=np.int32)
        start, end = self._scorer.scores["indptr"][number : number + 2]
        found: NDArray[np.int32] = self._scorer.scores["indices"][start:end]
        return found

    def known(self, tokens: Sequence[str]) -> list[str]:
        """Return those of `tokens` that occur in the corpus, in order."""
        return [token for token in tokens if token in self._scorer.vocab_dict]

    def save(self, directory: Path) -> None:
        """Write the index into `directory`."""
        self._scorer.save(str(directory), show_progress=False)
