"""Rules that see what a question asks for: combinations of words, kept as data.

A rule's pattern joins steps. A step is a `{group}` of words of `signs.toml`, words as written,
or several of these with `|` between them. Steps follow each other

    a + b     directly, at most a small word apart
    a > b     within six words of one sentence (a Chinese character counts as a word)
    a >> b    within eighteen words
    a ~ b     within ten words, in either order
    a & b     anywhere, in any order; `& !b`: and nowhere b

Everything is found in one pass over the text, so that a long question takes as many times
longer as it is longer, whatever is written in it.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any, NamedTuple

from bot.matching import Phrases
from bot.spans import Spans
from bot.substances import lexicon
from embeddings.errors import CatalogueInvalid

__all__ = ["Rule", "Signs", "signs"]

_REACH = {"+": 1, ">": 6, ">>": 18, "~": 10}
_STEP = re.compile(r"\s+(\+|>>|>|~)\s+")
_GAP = re.compile(r"_{2,}|\.{4,}|[(\[]\s*[)\]]")
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
_FILES = ("common", "emergency", "crisis", "how_to", "dosing", "talk")
_HIDDEN = "ordinary"
# Groups filled from the text by code, not from a list of words.
_COMPUTED = frozenset({"number", "gap", "drug", "careful", "antidote"})


class Place(NamedTuple):
    """Where something was found."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Steps in a row: `steps[i + 1]` follows `steps[i]` by `links[i]`.

    Chains that are written alike share their `number`.
    """

    number: int
    steps: tuple[frozenset[str], ...]
    links: tuple[str, ...]
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """One sign: what it means, and one example it must catch and one it must not."""

    id: str
    kind: str
    patterns: tuple[tuple[Chain, ...], ...]
    unless: tuple[tuple[Chain, ...], ...]
    cards: tuple[str, ...]
    catches: tuple[str, ...]
    leaves: tuple[str, ...]


class _Text:
    """A folded text with its words counted, for distances."""

    def __init__(self, text: str) -> None:
        begins, latin = [], False
        for character in text:
            word = character.isalnum()
            han = character >= "\u2e80"
            begins.append(int(word and (han or not latin)))
            latin = word and not han
        self.words = (0, *accumulate(begins))
        self.stops = (0, *accumulate(int(c in "。？！?!;；\n") for c in text))

    def near(self, first: int, second: int, link: str) -> bool:
        """Whether the gap `text[first:second]` is as small as `link` allows."""
        begin = self.words[first]
        gap = self.words[second] - begin
        crossing = link in "+>" and self.stops[second] > self.stops[first]
        return gap <= _REACH[link] and not crossing


class Signs:
    """Compiled rules over compiled groups of words."""

    def __init__(
        self, groups: Mapping[str, Iterable[str]], rules: Iterable[dict[str, Any]]
    ) -> None:
        self._words: dict[str, set[str]] = defaultdict(set)
        self._numbers: dict[str, int] = {}
        self._groups = {name: _expanded(groups, name) for name in groups}
        for name, words in self._groups.items():
            for word in words:
                self._words[word].add(name)
        self.rules = tuple(self._rule(row) for row in rules)
        self._phrases = Phrases((word, frozenset(names)) for word, names in self._words.items())

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word and phrase that a rule or a group uses."""
        return frozenset(self._words)

    def _rule(self, row: dict[str, Any]) -> Rule:
        missing = {"id", "kind", "any", "catches"} - row.keys()
        if missing:
            raise CatalogueInvalid(f"signs.toml: a rule lacks {missing}: {row.get('id', row)}")
        patterns, unless = (
            tuple(self._pattern(p, row["id"]) for p in row.get(key, ()))
            for key in ("any", "unless")
        )
        lists = (tuple(row.get(key, ())) for key in ("cards", "catches", "leaves"))
        return Rule(row["id"], row["kind"], patterns, unless, *lists)

    def _pattern(self, pattern: str, rule: str) -> tuple[Chain, ...]:
        return tuple(self._chain(part.strip(), rule) for part in pattern.split(" & "))

    def _chain(self, part: str, rule: str) -> Chain:
        wanted = not part.startswith("!")
        pieces = _STEP.split(part.lstrip("!"))
        steps = (frozenset(self._name(a.strip(), rule) for a in p.split("|")) for p in pieces[::2])
        number = self._numbers.setdefault(part.lstrip("!"), len(self._numbers))
        return Chain(number, tuple(steps), tuple(pieces[1::2]), wanted)

    def _name(self, alternative: str, rule: str) -> str:
        if not alternative.startswith("{"):
            self._words[alternative].add(f"={alternative}")
            return f"={alternative}"
        name = alternative.strip("{}")
        if name not in self._groups and name not in _COMPUTED:
            raise CatalogueInvalid(f"signs.toml: rule {rule} uses {alternative}, which is no group")
        return name

    def found(self, text: str, computed: Mapping[str, list[Place]]) -> frozenset[str]:
        """Return the ids of the rules that hold in folded `text`.

        `computed` gives the places of what is no list of words (`drug`, ...).
        """
        places = defaultdict(list, {name: list(found) for name, found in computed.items()})
        hits = list(self._phrases.scan(text))
        ordinary = Spans(hit[:2] for hit in hits if _HIDDEN in hit.value)
        for hit in hits:
            if not ordinary.cover(hit.start, hit.end):
                for name in hit.value:
                    places[name].append(Place(hit.start, hit.end))
        for name, expression in (("number", _NUMBER), ("gap", _GAP)):
            places[name] += [Place(*match.span()) for match in expression.finditer(text)]
        holds = _Holds(text, {name: sorted(found) for name, found in places.items() if found})
        return frozenset(rule.id for rule in self.rules if holds.rule(rule))


class _Holds:
    """Whether patterns hold in one text, whose groups of words are at `places`."""

    def __init__(self, text: str, places: Mapping[str, list[Place]]) -> None:
        self._text = _Text(text)
        self._places = places
        self._known: dict[int, bool] = {}

    def rule(self, rule: Rule) -> bool:
        return any(map(self._pattern, rule.patterns)) and not any(map(self._pattern, rule.unless))

    def _pattern(self, pattern: tuple[Chain, ...]) -> bool:
        return all(self._chain(chain) == chain.wanted for chain in pattern)

    def _chain(self, chain: Chain) -> bool:
        known = self._known.get(chain.number)
        if known is None:
            present = self._places.keys()
            known = not any(step.isdisjoint(present) for step in chain.steps)
            known = self._known[chain.number] = known and self._follows(chain)
        return known

    def _follows(self, chain: Chain) -> bool:
        reached = self._step(chain.steps[0])
        for link, names in zip(chain.links, chain.steps[1:], strict=True):
            reached = self._after(reached, self._step(names), link)
        return bool(reached)

    def _step(self, names: frozenset[str]) -> list[Place]:
        if len(names) == 1:
            return self._places.get(next(iter(names)), [])
        return sorted(place for name in names for place in self._places.get(name, ()))

    def _after(self, reached: list[Place], following: list[Place], link: str) -> list[Place]:
        ends = sorted(place.end for place in reached)
        starts = [place.start for place in reached] if link == "~" else []
        kept = []
        for place in following:
            before = bisect_right(ends, place.start)
            after = bisect_left(starts, place.end)
            if (before and self._text.near(ends[before - 1], place.start, link)) or (
                after < len(starts) and self._text.near(place.end, starts[after], link)
            ):
                kept.append(place)
        return kept


def _expanded(
    groups: Mapping[str, Iterable[str]], name: str, seen: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Return the words of a group, those of the groups that it names included."""
    if name in seen or name not in groups:
        raise CatalogueInvalid(f"signs.toml: group {name} is missing or contains itself")
    words: set[str] = set()
    for word in groups[name]:
        inner = word.strip("{}")
        words |= _expanded(groups, inner, seen | {name}) if word.startswith("{") else {word}
    return frozenset(words)


@cache
def signs() -> Signs:
    """Return the rules of `lexicon/signs.toml`.

    Raises:
        CatalogueInvalid: a rule is incomplete or uses a group that is not there.

    """
    groups: dict[str, list[str]] = {}
    rules: list[dict[str, Any]] = []
    for name in _FILES:
        file = lexicon(f"signs/{name}.toml")
        if twice := groups.keys() & file["groups"].keys():
            raise CatalogueInvalid(f"signs/{name}.toml: {twice} are groups already")
        groups |= file["groups"]
        rules += file.get("rule", [])
    return Signs(groups, rules)
