"""The openly licensed word and sentence pairs that the model is made from.

Each file is gzipped JSON lines; texts are NFKC and, but for stray characters, Simplified.
"""

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from embeddings.errors import SourceUnreadable
from embeddings.training.charsmap import traditional

__all__ = ["Pair", "chinese", "dictionary", "glosses", "sentences"]

# The licence of these collections was not seen, so nothing of them is used.
UNLICENSED = frozenset({"cncf-glossary", "hpo-zh", "paddle-docs"})
# No single source may decide which words are frequent.
TEXTS_A_SOURCE = 20_000


@dataclass(frozen=True, slots=True)
class Pair:
    """A Chinese word or sentence, its English translation, and the collection it is from."""

    zh: str
    en: str
    source: str


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from (row for row in map(json.loads, lines) if row["src"] not in UNLICENSED)
    except (OSError, EOFError, ValueError) as error:
        raise SourceUnreadable(f"{path} cannot be read as gzipped JSON lines: {error}") from error


def _pairs(path: Path) -> Iterator[Pair]:
    # Two words that the tokenizer folds into one must be one here too.
    fold = str.maketrans(traditional())
    for row in _rows(path):
        yield Pair(row["zh"].translate(fold), row["en"], row["src"])


def dictionary(data: Path) -> list[Pair]:
    """Return every dictionary entry of `data`, one gloss each."""
    return list(_pairs(data / "dict_clean.jsonl.gz"))


def sentences(data: Path) -> list[Pair]:
    """Return every translated sentence of `data`."""
    return list(_pairs(data / "parallel_clean.jsonl.gz"))


def glosses(entries: list[Pair]) -> Mapping[str, list[str]]:
    """Return the English glosses of each Chinese headword, in dictionary order."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        found[entry.zh].append(entry.en)
    return found


def chinese(data: Path) -> Iterator[str]:
    """Yield Chinese running text of `data` to count words in, evenly over its sources."""
    seen: Counter[str] = Counter()
    for name in ("parallel_clean", "qp_zh_clean"):
        for row in _rows(data / f"{name}.jsonl.gz"):
            seen[row["src"]] += 1
            if seen[row["src"]] <= TEXTS_A_SOURCE:
                yield from (row[key] for key in ("zh", "q", "p") if key in row)
