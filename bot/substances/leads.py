"""What the first sentences of a page say: how its subject is called, and which sort of thing it is.

The words are those of `pages.toml`.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from bot.substances.lists import listed, tidy
from bot.vocabulary.matching import alternatives
from embeddings.datafiles import table
from embeddings.documents import Passage

__all__ = ["is_sorted", "names_led_to"]

_BRACKETED = re.compile(r"([^()（）。，]{1,40})[（(]([^()（）]{1,80})[)）]")
_SENTENCE_END = re.compile(r"(?<=[。！？])|(?<=[.!?])\s|\n")
_LEAD, _EARLY, _FIRST, _NOTES = 500, 100, 16, 6


def _words(name: str) -> str:
    return f"(?:{alternatives(table(__file__, 'pages.toml')[name])})"


@cache
def _known_as() -> re.Pattern[str]:
    """Return the words that lead to names, and the names.

    A list of them ends where the sentence goes on about what it is. Names in brackets belong to
    what stands before them: 商品名为速可眠（Seconal）.
    """
    cue = (
        rf"(?:{_words('called')}|{_words('called_how')} {_words('called_what')} as"
        rf"|\b{_words('called_word')}\b)"
    )
    goes_on = rf"[，,] ?(?:{_words('goes_on')}|{_words('goes_on_english')}\b)"
    return re.compile(
        rf"{cue}{_words('called_as')}?[：: ]*"
        rf"((?:(?!{cue}|{goes_on})"
        r"(?:[^()（）。；;：:!！?？\n]|[(（][^()（）\n]{1,60}[)）])){1,120})"
    )


@cache
def _sort() -> re.Pattern[str]:
    """Return how a sentence says that its subject is a sort of substance: `是一种…药物`."""
    kinds = rf"{_words('sorts')}|[^，。；]{_words('sort_endings')}"
    return re.compile(
        rf"是(?:一|指一)?[种类个组](?:[^，。；,;]{{0,60}}?)(?:{kinds})(?=[，。；,;（(、]|\s|$)"
        rf"|\bis an? [^,.;]{{0,80}}\b{_words('sorts_english')}\b"
    )


def names_led_to(passages: Sequence[Passage], titles: Sequence[str]) -> Iterator[str]:
    """Yield the names that the first sentences on a page give for its subject."""
    begun = False
    for passage in passages[:_FIRST]:
        if begun and passage.section:
            return
        # Under a heading, as that of the table before it, the sentence must begin with the title.
        first = _opening(passage.text, titles, 0 if passage.section else _EARLY)
        begun = begun or bool(_known_as().search(first))
        for match in _known_as().finditer(first):
            if not _of_another(first[: match.start()], titles):
                yield from listed(match[1])
        yield from _in_brackets(first, titles)


def _in_brackets(first: str, titles: Sequence[str]) -> Iterator[str]:
    """Yield what stands in brackets behind a title, or before brackets that hold one."""
    bracketed = _BRACKETED.match(first)
    if bracketed:
        before, inside = tidy(bracketed[1]), listed(bracketed[2])
        if before in titles:
            yield from inside
        elif any(name in titles for name in inside):
            yield from (before, *inside)


def _of_another(before: str, titles: Sequence[str]) -> bool:
    """Whether names stand in brackets behind something else than the subject of the page.

    阿莫达非尼是莫达非尼（商品名Provigil）的一半: the first bracket belongs to the subject as well.
    """
    start = max(before.rfind("("), before.rfind("（"))
    closed = max(before.rfind(")"), before.rfind("）"))
    return start > closed > -1 and not tidy(before[:start]).endswith(tuple(titles))


def _opening(text: str, titles: Sequence[str], early: int = _EARLY) -> str:
    """Return the first sentence that has a title so `early`; notes may stand before it."""
    for sentence in _SENTENCE_END.split(text[:_LEAD])[:_NOTES]:
        if any(title in sentence[: early + len(title)] for title in titles):
            return sentence
    return ""


def is_sorted(text: str, titles: Sequence[str]) -> bool:
    """Whether a text begins by saying which sort of substance the page is about."""
    first = _opening(text, titles)
    return any(title in first[:60] for title in titles) and bool(_sort().search(first))
