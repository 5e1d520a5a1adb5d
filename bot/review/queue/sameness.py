"""When two records are the same question with the same answer, and how questions are searched."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, Final

from bot.screening.amounts.folding import FOLD

__all__ = ["folded", "key_of"]

LONGEST: Final = 4000


def folded(text: str) -> str:
    """A text as it is compared and searched: letters and digits alone, in their plain form.

    Case, width, punctuation, spaces and the Chinese script make no difference.
    """
    plain = "".join(FOLD[char] for char in text).casefold()
    return "".join(char for char in plain if char.isalnum())[:LONGEST]


def key_of(
    question: str, kind: str, language: str, substances: Iterable[Any], passages: Iterable[Any]
) -> str:
    """The hash by which records find their row of the queue.

    The same words are the same question only where they were understood alike (`substances`, for
    a follow-up takes its subject from before) and answered alike (`kind`, ids of `passages`): an
    answer that has changed is judged anew.
    """
    parts = [folded(question) or question, kind, language, sorted(substances), list(passages)]
    written = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
