"""Names in a question that neither the lexicon nor any document knows.

What the sources say of other substances is no answer to a question about such a one, however near
the words may come.
"""

import re
from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bot.substances.codes import codes
from bot.substances.naming import Mention, Names, altered
from bot.substances.partners import partner
from bot.substances.pinyin import sounds_of
from bot.vocabulary.english import is_english
from bot.vocabulary.spans import Spans
from bot.vocabulary.text import Text
from embeddings.datafiles import table
from embeddings.snapshot import Snapshot
from embeddings.text.tokens import tokenise

__all__ = ["unknown_name", "unknown_partner", "unknown_year", "unseen"]

_LEAST_LATIN = 6
# `in 2023`, 2023年; not 2023年了, which only says what day it is.
_YEAR = re.compile(r"\b(?:in|during|since) ((?:19|20)\d\d)\b|(?<!\d)((?:19|20)\d\d) ?年(?!了|代)")
_WORD = re.compile(r"(?<![a-z0-9])[a-z]{5,30}(?![a-z0-9])")
_FOREIGN = 3
"""So many words that are not English are no names: the question is in another language."""


@cache
def _shapes() -> tuple[re.Pattern[str], re.Pattern[str]]:
    stems = table(__file__, "stems.toml")
    latin, han = ("|".join(sorted(stems[kind], key=len, reverse=True)) for kind in ("latin", "han"))
    return re.compile(rf"[a-z]*(?:{latin})"), re.compile(rf"[\u4e00-\u9fff]{{1,5}}?(?:{han})")


def unknown_name(question: Text, names: Names, snapshot: Snapshot) -> str | None:
    """Return the name of something to take that stands nowhere, None where there is none.

    It is shaped like the name of a medicine, or like a code (`4-HO-MXE`), or it is a known name
    with a prefix that makes another substance of it. Where nothing that is known is named, any
    word will do that is not English (beside none that the documents have), or that stands where a
    substance is asked about.
    """
    text = question.folded.text
    named = names.mentions(question)
    found = [*_altered(text, named), *_codes(text, named), *_shaped(text, named)]
    if not named:
        foreign = _foreign(question)
        if all(unseen(name, snapshot) for name in foreign):
            found += foreign
        found += _asked_about(text)
    return next((name for name in found if unseen(name, snapshot)), None)


def _altered(text: str, named: tuple[Mention, ...]) -> Iterator[str]:
    """Yield known names with the chemical prefix right before them."""
    for mention in named:
        start, end = mention.folded
        if prefix := altered(text, start):
            yield text[start - prefix : end]


def _codes(text: str, named: tuple[Mention, ...]) -> Iterator[str]:
    """Yield codes of letters and digits that are no name and in no name."""
    taken = Spans(mention.folded for mention in named)
    yield from (text[a:b] for a, b in codes(text) if not taken.touch(a, b))


def _shaped(text: str, named: tuple[Mention, ...]) -> Iterator[str]:
    """Yield what ends as the names of medicines do."""
    known = [text[slice(*m.folded)] for m in named]
    for word in re.findall(r"[a-z]+", text):
        shaped = len(word) >= _LEAST_LATIN and _shapes()[0].fullmatch(word)
        if shaped and not any(word in name for name in known):
            yield word
    for match in _shapes()[1].finditer(text):
        name = match.group()
        # Its last three characters: what stands before them may be any word of the sentence.
        if not any(name[-2:] in other for other in known):
            yield name[-3:]


def _foreign(text: Text) -> list[str]:
    """Return the Latin words that are not English, nor Chinese in Latin letters."""
    found = [word for word in _WORD.findall(text.folded.text) if not is_english(word)]
    return [] if len(found) >= _FOREIGN or sounds_of(text).pinyin else found


@cache
def _place() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what a Chinese name stands between in a question, and what is none."""
    words = {name: "|".join(group) for name, group in table(__file__, "unknown.toml").items()}
    around = rf"(?:{words['before']})*(.{{2,6}}?)(?:{words['between']})*(?:{words['asked']})"
    return re.compile(around.replace(".{", r"[\u4e00-\u9fff]{")), re.compile(words["nothing"])


def _asked_about(text: str) -> Iterator[str]:
    """Yield the Chinese words at the beginning of a question that asks about what they name."""
    around, nothing = _place()
    found = around.match(text)
    if found and not nothing.search(found[1]):
        yield found[1]


def unknown_partner(
    question: Text, names: Names, snapshot: Snapshot, allowed: NDArray[np.bool_] | None
) -> str | None:
    """Return what is to be combined with the substance asked about, if no passage on that says it.

    It is looked for as it is called: none of its names is known. `allowed`, of shape (n,), are
    the passages on the substance; all are where it is None.
    """
    words = partner(question, names)
    if not words:
        return None
    said = np.ones(len(snapshot.passages), dtype=np.bool_) if allowed is None else allowed.copy()
    for term in tokenise(words):
        bearing = np.zeros(len(said), dtype=np.bool_)
        bearing[snapshot.lexical.rows_with(term)] = True
        said &= bearing
    return None if said.any() else words


def unknown_year(
    question: Text, snapshot: Snapshot, allowed: NDArray[np.bool_] | None
) -> str | None:
    """Return the year that a question asks about, if no passage on its substance has it."""
    years = [found[1] or found[2] for found in _YEAR.finditer(question.folded.text)]
    for year in years:
        rows = snapshot.lexical.rows_with(year)
        if not (rows.size if allowed is None else allowed[rows].any()):
            return year
    return None


def unseen(word: str, snapshot: Snapshot) -> bool:
    """Whether some term of a word, a pair of characters in Chinese, stands in no passage."""
    return any(not len(snapshot.lexical.rows_with(term)) for term in tokenise(word))
