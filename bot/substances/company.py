"""Ordinary words that are names of drugs too: they count in the company of drugs only."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise

from bot.vocabulary.matching import Hit, Phrases
from bot.vocabulary.spans import Spans
from bot.vocabulary.text import Text
from embeddings.datafiles import table

__all__ = ["Name", "in_company", "ordinary"]

# How far, in characters, a word of drug company reaches.
_COMPANY_REACH = 60


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a substance; `context` says that it is an ordinary word too."""

    substance: str
    alias: str
    context: bool


@cache
def _company() -> Phrases[bool]:
    """Return the words of drug company, each with whether it is an amount and nothing more."""
    words = table(__file__, "company.toml")
    use = ((word, False) for word in {*words["zh"], *words["en"]})
    return Phrases((*use, *((word, True) for word in words["amounts"])))


@cache
def _weighed() -> frozenset[str]:
    return frozenset(table(__file__, "company.toml")["weighed"])


@cache
def ordinary() -> Phrases[None]:
    """Return longer phrases in which a name of a drug is none."""
    return Phrases((phrase, None) for phrase in table(__file__, "company.toml")["ordinary"])


@cache
def _asking() -> tuple[frozenset[str], Phrases[None]]:
    words = table(__file__, "company.toml")
    return frozenset(words["short"]), Phrases((word, None) for word in words["asking"])


def _is_unit_or_all(hit: Hit[Name], text: str) -> bool | None:
    """Say at once what an ordinary word is: the whole text (True), a unit as in 1 g (False)."""
    if text.strip(" ?!.,;:。？！，") == text[hit.start : hit.end]:
        return True
    if hit.end - hit.start == 1 and text[max(0, hit.start - 3) : hit.start].rstrip()[-1:].isdigit():
        return False
    return None


@cache
def _joiner() -> re.Pattern[str]:
    words = table(__file__, "partners.toml")
    return re.compile("|".join(map(re.escape, (*words["and"], *words["with"], "加", "+", "&"))))


def _joined(hits: list[Hit[Name]], text: str) -> frozenset[tuple[int, int]]:
    """Return the places of names of two substances with nothing but an `and` between them.

    `邮票和叶子一起`: two ordinary words, and neither is one here.
    """
    places = sorted({hit[:2]: hit.value.substance for hit in hits}.items())
    return frozenset(
        place
        for (one, first), (other, second) in pairwise(places)
        if first != second and _joiner().fullmatch(text[one[1] : other[0]].strip())
        for place in (one, other)
    )


def in_company(
    hits: list[Hit[Name]], certain: list[Hit[Name]], text: Text, asked: bool
) -> list[Hit[Name]]:
    """Return those of `hits`, ordinary words or single letters, that stand for a drug here."""
    short, asking = _asking()
    asks = Spans(h[:2] for h in text.hits(asking)) if asked else Spans(())
    use = [h[:2] for h in text.hits(_company()) if not h.value]
    used = Spans([*use, *(h[:2] for h in certain if h.value.alias not in _weighed())])
    company = Spans([*(h[:2] for h in text.hits(_company())), *(h[:2] for h in certain)])
    # `crack` beside `coke`: two ordinary words for one substance keep each other company.
    places: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for hit in hits:
        places[hit.value.substance][hit.value.alias].append((hit.start, hit.end))
    pairs = {key: Spans(chain(*names.values())) for key, names in places.items() if len(names) > 1}

    folded = text.folded.text
    joined = _joined(hits, folded)

    def counts(hit: Hit[Name]) -> bool:
        sure = _is_unit_or_all(hit, folded)
        if sure is not None:
            return sure
        place = (hit.start, hit.end, _COMPANY_REACH)
        others = pairs.get(hit.value.substance)
        return (
            hit[:2] in joined
            or (used if hit.value.alias in _weighed() else company).beside(*place)
            or (others is not None and others.beside(*place))
            or (hit.value.alias in short and asks.beside(*place))
        )

    return [hit for hit in hits if counts(hit)]
