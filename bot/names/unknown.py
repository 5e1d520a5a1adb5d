"""Names of medicines in a question that neither the lexicon nor any document knows.

What the sources say of other substances is no answer to a question about such a one, however near
the words may come.
"""

import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bot.names.naming import altered, in_use
from bot.names.partners import partner
from bot.names.substances import lexicon
from embeddings.snapshot import Snapshot
from embeddings.tokens import fold, tokenise

__all__ = ["unknown_medicine", "unknown_partner", "unseen"]

_LEAST_LATIN = 6


@cache
def _shapes() -> tuple[re.Pattern[str], re.Pattern[str]]:
    stems = lexicon("stems.toml")
    latin, han = ("|".join(sorted(stems[kind], key=len, reverse=True)) for kind in ("latin", "han"))
    return re.compile(rf"[a-z]*(?:{latin})"), re.compile(rf"[\u4e00-\u9fff]{{1,5}}?(?:{han})")


def unknown_medicine(question: str, snapshot: Snapshot) -> str | None:
    """Return the name of a medicine that is shaped like one and stands nowhere, else None."""
    text = fold(question)
    named = in_use().mentions(text)
    for mention in named:
        prefix = altered(text, mention.start)
        name = text[mention.start - prefix : mention.end]
        if prefix and unseen(name, snapshot):
            return name
    known = [text[m.start : m.end] for m in named]
    for word in re.findall(r"[a-z]+", text):
        shaped = len(word) >= _LEAST_LATIN and _shapes()[0].fullmatch(word)
        if shaped and not any(word in name for name in known) and unseen(word, snapshot):
            return str(word)
    for match in _shapes()[1].finditer(text):
        name = match.group()
        # Its last three characters: what stands before them may be any word of the sentence.
        if not any(name[-2:] in other for other in known) and unseen(name[-3:], snapshot):
            return str(name)
    return None


def unknown_partner(
    question: str, snapshot: Snapshot, allowed: NDArray[np.bool_] | None
) -> str | None:
    """Return what is to be combined with the substance asked about, if no passage on that says it.

    It is looked for as it is called: none of its names is known. `allowed`, of shape (n,), are
    the passages on the substance; all are where it is None.
    """
    words = partner(question, in_use())
    if not words:
        return None
    said = np.ones(len(snapshot.passages), dtype=np.bool_) if allowed is None else allowed.copy()
    for term in tokenise(words):
        bearing = np.zeros(len(said), dtype=np.bool_)
        bearing[snapshot.lexical.rows_with(term)] = True
        said &= bearing
    return None if said.any() else words


def unseen(word: str, snapshot: Snapshot) -> bool:
    """Whether some term of a word, a pair of characters in Chinese, stands in no passage."""
    return any(not len(snapshot.lexical.rows_with(term)) for term in tokenise(word))
