"""Which English word pieces a Chinese word is translated by: IBM Model 1.

Brown, Della Pietra, Della Pietra & Mercer 1993, "The mathematics of statistical machine
translation". Expectation maximisation over all pairs at once; nothing is random.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

__all__ = ["translation_table"]

Ids = Sequence[NDArray[np.int64]]
_LONGEST = (40, 50)
"""Longer sentences cost quadratically and say little about single words."""


def translation_table(
    chinese: Ids, english: Ids, shape: tuple[int, int], *, rounds: int = 6
) -> csr_array:
    """Return t(e|z) as a matrix of shape (Chinese rows, English rows); a row sums to 1 or 0.

    `chinese[i]` and `english[i]` are the distinct token ids of a pair of translations.
    """
    keys, owner, places = _cross(chinese, english, shape[1])
    cells, which = np.unique(keys, return_inverse=True)
    del keys
    row, column = np.divmod(cells, shape[1])
    table = np.ones(len(cells))
    for _ in range(rounds):
        share = table[which]
        # Each English piece is explained once, by the Chinese words of its sentence together.
        share /= np.bincount(owner, weights=share, minlength=places)[owner]
        expected = np.bincount(which, weights=share, minlength=len(cells))
        table = expected / np.bincount(row, weights=expected, minlength=shape[0])[row]
    return csr_array((table, (row, column)), shape=shape)


def _cross(
    chinese: Ids, english: Ids, width: int
) -> tuple[NDArray[np.int64], NDArray[np.int32], int]:
    """Pair every Chinese with every English id of a sentence.

    Returns the cells of the table (row * width + column), for each of them the English place
    that it explains, and the number of places.
    """
    keys, owner, places = [], [], 0
    for z, e in zip(chinese, english, strict=True):
        if 0 < len(z) <= _LONGEST[0] and 0 < len(e) <= _LONGEST[1]:
            keys.append((z[:, None] * width + e[None, :]).ravel())
            owner.append(np.tile(np.arange(places, places + len(e), dtype=np.int32), len(z)))
            places += len(e)
    if not keys:
        return np.empty(0, np.int64), np.empty(0, np.int32), 0
    return np.concatenate(keys), np.concatenate(owner), places
