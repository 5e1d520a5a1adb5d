"""Rules that see what a question asks for: combinations of words, kept as data.

A rule's pattern joins steps. A step is a `{group}` of words of `signs/`, words as written,
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
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.question.patterns import Chain, Holds, Pattern, Place
from bot.vocabulary.matching import Phrases
from bot.vocabulary.spans import Spans
from bot.vocabulary.text import Text
from embeddings.datafiles import table
from embeddings.errors import CatalogueInvalid

__all__ = ["Place", "Rule", "Signs", "signs"]

_STEP = re.compile(r"\s+(\+|>>|>|~)\s+")
_GAP = re.compile(r"_{2,}|\.{4,}|[(\[]\s*[)\]]")
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
_FILES = ("common", "emergency", "crisis", "how_to", "dosing", "talk")
_HIDDEN = "ordinary"
# Groups filled from the text by code, not from a list of words.
_COMPUTED = frozenset({"number", "gap", "drug", "careful", "antidote"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One sign: what it means, and examples that it must catch and that it must not."""

    id: str
    kind: str
    patterns: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    cards: tuple[str, ...]
    catches: tuple[str, ...]
    leaves: tuple[str, ...]


class Signs:
    """Compiled rules over compiled groups of words."""

    def __init__(
        self, groups: Mapping[str, Iterable[str]], rules: Iterable[dict[str, Any]]
    ) -> None:
        self._words: dict[str, set[str]] = defaultdict(set)
        self._numbers: dict[str, int] = {}
        self._bits: dict[str, int] = {}
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

    def words_of(self, *kinds: str) -> frozenset[str]:
        """Return the words that must stand somewhere for a rule of `kinds` to hold."""
        steps = (
            step
            for rule in self.rules
            if rule.kind in kinds
            for pattern in rule.patterns
            for chain in pattern.chains
            if chain.wanted
            for step in chain.steps
        )
        names = frozenset[str]().union(*steps)
        return frozenset(word for word, groups in self._words.items() if groups & names)

    def _rule(self, row: dict[str, Any]) -> Rule:
        missing = {"id", "kind", "any", "catches", "leaves"} - row.keys()
        if missing:
            raise CatalogueInvalid(f"signs: a rule lacks {missing}: {row.get('id', row)}")
        patterns, unless = (
            tuple(self._pattern(p, row["id"]) for p in row.get(key, ()))
            for key in ("any", "unless")
        )
        lists = (tuple(row.get(key, ())) for key in ("cards", "catches", "leaves"))
        return Rule(row["id"], row["kind"], patterns, unless, *lists)

    def _pattern(self, pattern: str, rule: str) -> Pattern:
        return Pattern(tuple(self._chain(part.strip(), rule) for part in pattern.split(" & ")))

    def _chain(self, part: str, rule: str) -> Chain:
        wanted = not part.startswith("!")
        pieces = _STEP.split(part.lstrip("!"))
        steps = [frozenset(self._name(a.strip(), rule) for a in p.split("|")) for p in pieces[::2]]
        masks = [sum(map(self._bit, step)) for step in steps]
        number = self._numbers.setdefault(part.lstrip("!"), len(self._numbers))
        return Chain(number, tuple(steps), tuple(masks), tuple(pieces[1::2]), wanted)

    def _bit(self, name: str) -> int:
        return self._bits.setdefault(name, 1 << len(self._bits))

    def _name(self, alternative: str, rule: str) -> str:
        if not alternative.startswith("{"):
            self._words[alternative].add(f"={alternative}")
            return f"={alternative}"
        name = alternative.strip("{}")
        if name not in self._groups and name not in _COMPUTED:
            raise CatalogueInvalid(f"signs: rule {rule} uses {alternative}, which is no group")
        return name

    def places(self, text: Text, computed: Mapping[str, list[Place]]) -> dict[str, list[Place]]:
        """Return where folded `text` has words of which group, sorted.

        `computed` gives the places of what is no list of words (`drug`, ...). Words as written in
        a rule are groups of their own, whose names begin with `=`.
        """
        places = defaultdict(list, {name: list(found) for name, found in computed.items()})
        hits = text.once(self, lambda: self._phrases.scan(text.original))
        ordinary = Spans(hit[:2] for hit in hits if _HIDDEN in hit.value)
        for hit in hits:
            if not ordinary.cover(hit.start, hit.end):
                for name in hit.value:
                    places[name].append(Place(hit.start, hit.end))
        named = Spans(computed.get("drug", ()))
        for name, expression in (("number", _NUMBER), ("gap", _GAP)):
            matches = (match.span() for match in expression.finditer(text.original))
            places[name] += [Place(*span) for span in matches if not named.touch(*span)]
        return {name: sorted(found) for name, found in places.items() if found}

    def found(self, text: str, places: Mapping[str, list[Place]]) -> frozenset[str]:
        """Return the ids of the rules that hold in folded `text`, whose groups are at `places`."""
        holds = Holds(text, places, self._bits)
        return frozenset(
            rule.id
            for rule in self.rules
            if holds.any(rule.patterns) and not holds.any(rule.unless)
        )


def _expanded(
    groups: Mapping[str, Iterable[str]], name: str, seen: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Return the words of a group, those of the groups that it names included."""
    if name in seen or name not in groups:
        raise CatalogueInvalid(f"signs: group {name} is missing or contains itself")
    words: set[str] = set()
    for word in groups[name]:
        inner = word.strip("{}")
        words |= _expanded(groups, inner, seen | {name}) if word.startswith("{") else {word}
    return frozenset(words)


@cache
def signs() -> Signs:
    """Return the rules of `signs/`.

    Raises:
        CatalogueInvalid: a rule is incomplete or uses a group that is not there.

    """
    groups: dict[str, list[str]] = {}
    rules: list[dict[str, Any]] = []
    for name in _FILES:
        file = table(__file__, f"signs/{name}.toml")
        if twice := groups.keys() & file["groups"].keys():
            raise CatalogueInvalid(f"signs/{name}.toml: {twice} are groups already")
        groups |= file["groups"]
        rules += file.get("rule", [])
    return Signs(groups, rules)
