"""Names of medicines in a question that neither the lexicon nor any document knows.

What the sources say of other substances is no answer to a question about such a one, however near
the words may come.
"""

import re
from functools import cache

from bot.names.naming import in_use
from bot.names.substances import lexicon
from embeddings.snapshot import Snapshot
from embeddings.tokens import fold, tokenise

__all__ = ["unknown_medicine"]

_LEAST_LATIN = 6


@cache
def _shapes() -> tuple[re.Pattern[str], re.Pattern[str]]:
    stems = lexicon("stems.toml")
    latin, han = ("|".join(sorted(stems[kind], key=len, reverse=True)) for kind in ("latin", "han"))
    return re.compile(rf"[a-z]*(?:{latin})"), re.compile(rf"[\u4e00-\u9fff]{{1,5}}?(?:{han})")


def unknown_medicine(question: str, snapshot: Snapshot) -> str | None:
    """Return the name of a medicine that is shaped like one and stands nowhere, else None."""
    text = fold(question)
    known = [text[m.start : m.end] for m in in_use().mentions(text)]
    for word in re.findall(r"[a-z]+", text):
        shaped = len(word) >= _LEAST_LATIN and _shapes()[0].fullmatch(word)
        if shaped and not any(word in name for name in known) and _unseen(word, snapshot):
            return str(word)
    for match in _shapes()[1].finditer(text):
        name = match.group()
        # Its last three characters: what stands before them may be any word of the sentence.
        if not any(name[-2:] in other for other in known) and _unseen(name[-3:], snapshot):
            return str(name)
    return None


def _unseen(word: str, snapshot: Snapshot) -> bool:
    """Whether no passage has any of the terms of a word together."""
    return any(not len(snapshot.lexical.rows_with(term)) for term in tokenise(word))
