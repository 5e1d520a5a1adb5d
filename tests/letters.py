"""An encoder that needs no model: a text is the counts of its letters. For tests of what is
built around an encoder; the real model has its own tests."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class LetterEncoder:
    name = "letters"
    dimension = 64

    def __init__(self, fingerprint: str = "letters-1") -> None:
        self.fingerprint = fingerprint
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded += texts
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for letter in text.lower():
                vectors[row, ord(letter) % self.dimension] += 1
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: NDArray[np.float32] = vectors / np.maximum(lengths, 1)
        return unit
