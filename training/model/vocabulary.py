"""Which Chinese words get a row of their own."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from tokenizers import Tokenizer

from training.model.corpus import Pair

__all__ = ["candidates", "choose", "count", "specialist"]

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]{1,6}")
# A term of health or chemistry may be missing from texts on other subjects and is kept.
_HEALTH = re.compile(
    r"\b(?:chemistry|biochemistry|medicine|medication|medical|pharmacology|pharmaceutical"
    r"|psychology|psychiatry|physiology|anatomy|neurology|toxicology|drugs?|narcotics?"
    r"|disease|disorder|syndrome|poison(?:ing)?|loanword)\b",
    re.IGNORECASE,
)
_TERMINOLOGIES = frozenset({"tico19-terms", "freeodwiki-names"})
_SPECIALIST_COUNT = 3
_BATCH = 5_000


def candidates(entries: Iterable[Pair]) -> list[str]:
    """Return the headwords of one to six Chinese characters, sorted."""
    return sorted({entry.zh for entry in entries if _HAN.fullmatch(entry.zh)})


def specialist(entries: Iterable[Pair]) -> frozenset[str]:
    """Return the headwords that a health terminology has, or whose gloss says so."""
    return frozenset(
        entry.zh for entry in entries if entry.source in _TERMINOLOGIES or _HEALTH.search(entry.en)
    )


def count(texts: Sequence[str], tokenizer: Tokenizer, ids: Mapping[str, int]) -> Counter[str]:
    """Count the words of `ids` in `texts`, cut the way the model will cut them."""
    rows: Counter[int] = Counter()
    for start in range(0, len(texts), _BATCH):
        for line in tokenizer.encode_batch(texts[start : start + _BATCH], add_special_tokens=False):
            rows.update(line.ids)
    return Counter({word: rows[row] for word, row in ids.items()})


def choose(counts: Mapping[str, int], kept: frozenset[str], limit: int) -> list[str]:
    """Return the `limit` most frequent words; those `kept` count as seen a few times.

    A word that was never seen and is no specialist's is left out even below the limit.
    """
    seen = {
        word: max(number, _SPECIALIST_COUNT if word in kept else 0)
        for word, number in counts.items()
    }
    ranked = sorted((word for word in seen if seen[word]), key=lambda word: (-seen[word], word))
    return ranked[:limit]
