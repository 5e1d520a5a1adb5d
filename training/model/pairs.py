"""Batches of texts that belong together, of like length, in an order that a seed decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from training.model.corpus import Pair

__all__ = ["Batch", "Ids", "Stream", "cut"]

_BLOCK = 4_096
"""Pairs are sorted by length inside blocks of so many: little padding, and still a mixture."""

Ids = Sequence[list[int]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Token ids of b texts and of the b texts that belong to them, row by row."""

    left: Ids
    right: Ids


class Stream:
    """Endless batches of `size` pairs: epoch after epoch, each in another order.

    `longest` are the most tokens that are read of a left and of a right text. Raises ValueError
    where there are fewer pairs than one batch takes.
    """

    def __init__(
        self,
        pairs: Sequence[Pair],
        tokenizer: Tokenizer,
        size: int,
        longest: tuple[int, int],
        seed: int,
    ) -> None:
        if len(pairs) < size:
            raise ValueError(f"{len(pairs)} pairs are too few for a batch of {size}")
        self._left, self._right = cut(tokenizer, pairs, longest)
        self._size = size
        self._random = np.random.default_rng(seed)
        self._lengths = np.array([len(ids) for ids in self._left])

    def __iter__(self) -> Iterator[Batch]:
        while True:
            order = self._random.permutation(len(self._left))
            blocks = [order[start : start + _BLOCK] for start in range(0, len(order), _BLOCK)]
            batches = [batch for block in blocks for batch in self._sorted(block)]
            for place in self._random.permutation(len(batches)):
                rows = batches[place]
                yield Batch([self._left[r] for r in rows], [self._right[r] for r in rows])

    def _sorted(self, block: np.ndarray) -> list[np.ndarray]:
        """Cut a block into full batches of like length; what is left over waits an epoch."""
        ranked = block[np.argsort(self._lengths[block], kind="stable")]
        ends = range(self._size, len(ranked) + 1, self._size)
        return [ranked[end - self._size : end] for end in ends]


def cut(tokenizer: Tokenizer, pairs: Sequence[Pair], longest: tuple[int, int]) -> tuple[Ids, Ids]:
    """Return the token ids of the left and of the right texts, no more than `longest` of each."""
    return (
        _cut(tokenizer, [pair.zh for pair in pairs], longest[0]),
        _cut(tokenizer, [pair.en for pair in pairs], longest[1]),
    )


def _cut(tokenizer: Tokenizer, texts: Sequence[str], longest: int) -> list[list[int]]:
    """Return the token ids of each text with the marks of begin and end, at most `longest`."""
    return [
        [*line.ids[: longest - 1], line.ids[-1]] if len(line.ids) > longest else line.ids
        for line in tokenizer.encode_batch(list(texts))
    ]
