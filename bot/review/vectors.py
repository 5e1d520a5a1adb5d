"""Vectors of questions that moderators compare, kept in memory, for the same come up again.

They are kept under a hash whose key dies with the process: no visitor's words stay in memory.
"""

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoder

__all__ = ["vectors_of"]

MOST: Final = 5000
_LOCK = Lock()
_KEPT: OrderedDict[tuple[int, bytes], NDArray[np.float32]] = OrderedDict()
_KEY: Final = secrets.token_bytes(32)


def vectors_of(encoder: Encoder, texts: Sequence[str]) -> NDArray[np.float32]:
    """Encode texts, those that are new in one batch; shape (n, d)."""
    with _LOCK:
        found = {text: _KEPT.get((id(encoder), name(text))) for text in texts}
    new = [text for text, vector in found.items() if vector is None]
    if new:
        found.update(zip(new, encoder.encode(new), strict=True))
    with _LOCK:
        _KEPT.update({(id(encoder), name(text)): found[text] for text in new})  # type: ignore[misc]
        while len(_KEPT) > MOST:
            _KEPT.popitem(last=False)
    return np.stack([found[text] for text in texts])  # type: ignore[misc]


def name(text: str) -> bytes:
    """What a text is kept under."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), key=_KEY, digest_size=16).digest()
