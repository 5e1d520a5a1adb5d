"""The tokenizer of the grafted model: Chinese words as whole tokens, the rest as before.

Chinese words are added tokens, which the `tokenizers` library cuts greedily, leftmost and
longest first (Aho & Corasick 1975). What no word covers goes to the English WordPiece.
"""

import base64
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from training.model.charsmap import compile_charsmap, traditional

__all__ = ["ids_of_words", "load", "read_base", "with_words"]

Description = dict[str, Any]


def read_base(model: Path) -> Description:
    """Return the tokenizer of the English model as JSON, without padding and truncation."""
    description: Description = json.loads((model / "tokenizer.json").read_text("utf-8"))
    return description | {"padding": None, "truncation": None}


def ids_of_words(base: Description, words: Iterable[str]) -> dict[str, int]:
    """Return a row number for each of `words`: its old one, else the next free one."""
    old: Mapping[str, int] = base["model"]["vocab"]
    new = (word for word in words if word not in old)
    fresh = {word: len(old) + n for n, word in enumerate(new)}
    return {word: old.get(word, fresh.get(word, -1)) for word in words}


def with_words(base: Description, ids: Mapping[str, int]) -> Description:
    """Return the tokenizer that folds Traditional to Simplified and knows the words of `ids`."""
    letters = base["normalizer"] | {"handle_chinese_chars": False}
    single = {
        "type": "Split",
        "pattern": {"Regex": r"\p{Han}"},
        "behavior": "Isolated",
        "invert": False,
    }
    return base | {
        "normalizer": _sequence(
            "normalizers",
            {"type": "NFKC"},
            {"type": "Precompiled", "precompiled_charsmap": _charsmap()},
            letters,
        ),
        "pre_tokenizer": _sequence("pretokenizers", base["pre_tokenizer"], single),
        "added_tokens": [*base["added_tokens"], *(_added(w, i) for w, i in ids.items())],
    }


def load(description: Description) -> Tokenizer:
    """Return the tokenizer that `description` describes."""
    return Tokenizer.from_str(json.dumps(description))


@cache
def _charsmap() -> str:
    return base64.b64encode(compile_charsmap(traditional())).decode()


def _sequence(key: str, *steps: Description) -> Description:
    return {"type": "Sequence", key: list(steps)}


def _added(word: str, row: int) -> Description:
    flags = dict.fromkeys(("single_word", "lstrip", "rstrip", "special"), False)
    return {"id": row, "content": word, "normalized": True, **flags}
