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
from training.model.charsmap import traditional

__all__ = [
    "Pair",
    "chinese",
    "dictionary",
    "glosses",
    "paragraphs",
    "questions",
    "reading",
    "sentences",
    "varied",
]

# The licence of these collections was not seen, so nothing of them is used.
UNLICENSED = frozenset({"cncf-glossary", "hpo-zh", "paddle-docs"})
# No single source may decide which words are frequent.
TEXTS_A_SOURCE = 20_000
# Questions on paragraphs of an encyclopaedia, each answered by a run of its words.
READING = frozenset({"cmrc2018-trial", "drcd-dev"})
# Manuals of software are half of the translations, counselling and statutes most of the
# questions; neither is what people ask about drugs.
SENTENCES_A_SOURCE = 28_000
QUESTIONS_A_SOURCE = 4_000
# About as long as a passage is.
_RUN = 6


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


def varied(data: Path) -> list[Pair]:
    """Return translated sentences of `data`, evenly spaced ones of the largest collections."""
    return _even(sentences(data), SENTENCES_A_SOURCE)


def paragraphs(data: Path) -> list[Pair]:
    """Return runs of translated sentences that follow each other in a collection of `data`."""
    every = sentences(data)
    runs = [every[at : at + _RUN] for at in range(0, len(every) - _RUN + 1, _RUN)]
    joined = [
        Pair(" ".join(p.zh for p in run), " ".join(p.en for p in run), run[0].source)
        for run in runs
        if run[0].source == run[-1].source
    ]
    return _even(joined, SENTENCES_A_SOURCE // _RUN)


def questions(data: Path) -> list[Pair]:
    """Return Chinese questions as `zh` with the passages that answer them as `en`."""
    return _even(_questions(data), QUESTIONS_A_SOURCE)


def _questions(data: Path) -> list[Pair]:
    fold = str.maketrans(traditional())
    rows = _rows(data / "qp_zh_clean.jsonl.gz")
    return [Pair(r["q"].translate(fold), r["p"].translate(fold), r["src"]) for r in rows]


def reading(data: Path) -> list[Pair]:
    """Return the `questions` about a text that contains their answer, every one there is."""
    return [pair for pair in _questions(data) if pair.source in READING]


def _even(pairs: list[Pair], limit: int) -> list[Pair]:
    """Keep at most `limit` pairs of a source, evenly spaced over it."""
    sizes = Counter(pair.source for pair in pairs)
    seen: Counter[str] = Counter()
    kept = []
    for pair in pairs:
        place, size = seen[pair.source], sizes[pair.source]
        seen[pair.source] += 1
        if size <= limit or place * limit // size != (place + 1) * limit // size:
            kept.append(pair)
    return kept


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
