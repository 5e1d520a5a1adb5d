"""The row of a Chinese word, made from the rows of the English word pieces that translate it.

The layers above the embedding have learned what to do with such rows; nothing is trained.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from tokenizers import Tokenizer

__all__ = ["English", "from_alignment", "from_glosses", "rows_of_words"]

Rows = NDArray[np.float32]

_LIGHT = frozenset({"to", "the", "of", "a", "in", "and", "for", "sb", "sth"})
_GLOSSES = 6
_PIECES = 8
_UNLIKELY = 0.01
_TOO_LITTLE = 0.05


class English:
    """The English encoder's input layer: its tokenizer and its embedding matrix (pieces, d).

    `light` tells for each piece whether it says nothing by itself: punctuation and the
    smallest words.
    """

    def __init__(self, tokenizer: Tokenizer, rows: Rows) -> None:
        self.tokenizer = tokenizer
        self.rows = rows
        pieces = [tokenizer.id_to_token(row) or "" for row in range(len(rows))]
        self.light = np.array([p in _LIGHT or not any(map(str.isalnum, p)) for p in pieces])

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the piece ids of each text, without the marks of begin and end."""
        lines = self.tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [line.ids for line in lines]


def from_glosses(glosses: Sequence[str], english: English) -> Rows | None:
    """Return the mean over the first glosses of the mean of their first telling pieces (d,)."""
    means = []
    for ids in english.ids(glosses[:_GLOSSES]):
        telling = [piece for piece in ids if not english.light[piece]][:_PIECES]
        if telling:
            means.append(english.rows[telling].mean(axis=0))
    return np.mean(means, axis=0) if means else None


def from_alignment(table: csr_array, english: English) -> tuple[Rows, NDArray[np.bool_]]:
    """Return the mean English row of each Chinese row by likelihood, and where there is one.

    `table` is t(e|z) of shape (n, pieces); unlikely and light pieces do not count. The result
    has the shapes (n, d) and (n,).
    """
    likely = table.tocoo()
    keep = (likely.data >= _UNLIKELY) & ~english.light[likely.col]
    weights = csr_array((likely.data[keep], (likely.row[keep], likely.col[keep])), table.shape)
    mass = weights.sum(axis=1)
    rows = (weights @ english.rows) / np.maximum(mass, _TOO_LITTLE)[:, None]
    return rows.astype(np.float32), mass > _TOO_LITTLE


def rows_of_words(
    ids: Mapping[str, int], glosses: Mapping[str, Sequence[str]], table: csr_array, english: English
) -> dict[str, Rows]:
    """Return a row for each word of `ids`: what dictionary and translations say, averaged.

    A word that neither knows gets the mean of its characters' rows, or else no row at all.
    """
    aligned, known = from_alignment(table, english)
    rows: dict[str, Rows] = {}
    for word, row in ids.items():
        said = from_glosses(glosses.get(word, ()), english)
        voices = [said] if said is not None else []
        voices += [aligned[row]] if known[row] else []
        if voices:
            rows[word] = np.mean(voices, axis=0)
    for word in ids.keys() - rows.keys():
        characters = [rows[c] for c in word if c in rows]
        if characters:
            rows[word] = np.mean(characters, axis=0)
    return rows
