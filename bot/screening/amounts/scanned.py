"""One normalised text as the scanners see it: its numbers in chains, its words by place."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.screening.amounts.lexicon import Lexicon

__all__ = ["Chain", "Scanned"]

_CROWD = 400
_LONGEST = 16
_WORD = re.compile(r"[a-z-]")
_LIST = 8
_SENTENCE = re.compile(r"[。!?;\n]|\.(?= [a-z])")
_CONNECTOR = re.compile(
    r"[ \n]?(?=[^ \n])(?:[ \n\-~±+x×/,，、&<>≈=|^()→]|\.{2,3}|分之|至|到|和|或|及|与|约|大约|大概"
    r"|不|超过|以及|乃至|(?<![a-z])(?:to|and|or|up to|about)(?![a-z])){0,7}"
)
_TIGHT = re.compile(
    r"[ ]?(?:[-~+/x×、→>]|至|到|或|和|后|再|\bto\b|\bor\b|\band\b|\bthen\b"
    r"|, ?(?:maybe|about|roughly) |[,，](?:大概|大约|差不多)|(?P<comma>[,，]))[ ]?"
)
_NAME = re.compile(r"-?[a-z]|\.\d")
_PAUSE = re.compile(r"[ ]?(?:[,，;:。!?)、]|\.(?!\d)|$)")
_RANGE = re.compile(r"[-~/至到]|to")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Chain:
    """Numbers that share what follows the last one: `900、1200 和 4800 毫克`, `10 - 30 mg`.

    `kind` and `word` are of the last: digits, han or latin, and the number as it stands.
    `head` is the first of them as a chain of its own, where there is more than one.
    """

    start: int
    end: int
    kind: str
    word: str
    head: "Chain | None" = None


@dataclass
class Scanned:
    """A text in lower case, as it was cased, the places where its lines begin, and the lexicon.

    Words are looked up when first asked for. Distances and places count characters.
    """

    text: str
    cased: str
    lines: frozenset[int]
    lexicon: Lexicon
    _places: dict[str, tuple[list[int], list[int]]] = field(default_factory=dict)
    _stops: list[int] | None = None
    _chains: list[Chain] | None = None

    def chains(self) -> list[Chain]:
        """All numbers of the text, left to right."""
        if self._chains is None:
            self._chains = list(self._linked())
        return self._chains

    def chains_between(self, low: int, high: int) -> list[Chain]:
        """The numbers that begin in a stretch of the text."""
        first = bisect_left(self.chains(), low, key=lambda chain: chain.start)
        last = bisect_left(self.chains(), high, key=lambda chain: chain.start)
        return self.chains()[first:last]

    def chain_before(self, place: int) -> Chain | None:
        """The chain that begins last before `place`."""
        at = bisect_left(self.chains(), place, key=lambda chain: chain.start)
        return self.chains()[at - 1] if at else None

    def crowded(self) -> bool:
        """Whether the text holds more numbers than any prose: a table, or an attack."""
        if len(self.text) < _CROWD:
            return False
        numbers = enumerate(self.lexicon.number.finditer(self.text), 1)
        return any(count > _CROWD and number.end() < count * 20 for count, number in numbers)

    def _linked(self) -> Iterator[Chain]:
        chain: Chain | None = None
        for token in self.lexicon.number.finditer(self.text):
            single = Chain(token.start(), token.end(), token.lastgroup or "", token.group())
            if chain and self._joined(chain, single):
                head = chain.head or chain
                chain = Chain(chain.start, single.end, single.kind, single.word, head)
                continue
            if chain:
                yield chain
            chain = single
        if chain:
            yield chain

    def _joined(self, chain: Chain, number: Chain) -> bool:
        if number.start - chain.end > 10:
            return False
        if not _CONNECTOR.fullmatch(self.text, chain.end, number.start):
            return False
        year = _YEAR.fullmatch(chain.word)
        return not year or bool(_RANGE.search(self.text, chain.end, number.start))

    def continued(self, end: int) -> int:
        """The end of a list that goes on after its unit, as in `5mg-10`; else `end`."""
        for _ in range(_LIST):
            more = self._next(end)
            if more == end:
                break
            end = more
        return end

    def _next(self, end: int) -> int:
        gap = _TIGHT.match(self.text, end)
        more = self.lexicon.number.match(self.text, gap.end()) if gap else None
        if not gap or not more or more.lastgroup != "digits":
            return end
        after = more.end()
        if gap["comma"] and not _PAUSE.match(self.text, after):
            return end
        follows = _NAME.match(self.text, after) or self.lexicon.unit.match(self.text, after)
        return end if follows or self.is_at("bare_pass", after) else after

    def drug_before(self, place: int, reach: int) -> bool:
        """Whether the name of a substance ends at `place` or up to `reach` characters before it."""
        return any(self._name_ending(place - gap) for gap in range(reach + 1))

    def drug_at(self, place: int) -> int:
        """The end of the name of a substance that begins at `place`, a space or 的 aside; or 0."""
        while place < len(self.text) and self.text[place] in " 的":
            place += 1
        for length in range(_LONGEST, 1, -1):
            name = self.text[place : place + length]
            if name in self.lexicon.drugs and self._apart(place, place + len(name)):
                return place + len(name)
        return 0

    def _name_ending(self, end: int) -> bool:
        return any(
            self.text[end - length : end] in self.lexicon.drugs and self._apart(end - length, end)
            for length in range(2, min(end, _LONGEST) + 1)
        )

    def _apart(self, start: int, end: int) -> bool:
        """Whether a run is no part of a longer Latin word or code."""
        around = self.text[max(0, start - 1) : start] + self.text[end : end + 1]
        return not (self.text[start].isascii() and _WORD.search(around))

    def is_at(self, words: str, place: int) -> bool:
        """Whether one of `words` stands at `place`, a space aside, and 的 before what is taken.

        `三片的人` must not clear the tablets as `三人` does three.
        """
        return self.length_at(words, place) > 0

    def length_at(self, words: str, place: int) -> int:
        """How long the longest of `words` is that stands at `place`, as `is_at` has it; 0 if none.

        `三百支气弹`: the longer word says what is counted, 气弹 and not 气.
        """
        aside = " 的" if words == "taken" else " "
        while place < len(self.text) and self.text[place] in aside:
            place += 1
        return self.lexicon.words[words].length(self.text, place)

    def names_drug(self, low: int, high: int) -> bool:
        """Whether the name of a substance stands between two places."""
        low, high = max(0, low), min(len(self.text), high)
        return any(self.drug_at(place) for place in range(low, high))

    def near(self, words: str, start: int, end: int, before: int, after: int) -> bool:
        """Whether one of `words` stands so close to a run, in the same sentence, outside it."""
        low, high = self.sentence(start, end)
        low, high = max(low, start - before), min(high, end + after)
        starts, ends = self._of(words)
        at = bisect_left(starts, low)
        while at < len(starts) and starts[at] < high:
            outside = ends[at] <= start or starts[at] >= end
            if outside and ends[at] <= high:
                return True
            at += 1
        return False

    def within(self, words: str, start: int, end: int) -> bool:
        """Whether one of `words` stands in the sentences that a run touches, or in the run."""
        low, high = self.sentence(start, end)
        starts, ends = self._of(words)
        at = bisect_left(starts, low)
        return at < len(starts) and ends[at] <= high

    def last_end(self, words: str, place: int) -> int:
        """Where the last of `words` before `place` ends; -1 where there is none."""
        starts, ends = self._of(words)
        at = bisect_left(starts, place) - 1
        while at >= 0 and ends[at] > place:
            at -= 1
        return ends[at] if at >= 0 else -1

    def has(self, words: str) -> bool:
        """Whether one of `words` stands anywhere."""
        return bool(self._of(words)[0])

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Bounds of the sentences that a run touches."""
        if self._stops is None:
            self._stops = [stop.start() for stop in _SENTENCE.finditer(self.text)]
        first, last = bisect_left(self._stops, start), bisect_left(self._stops, end)
        low = self._stops[first - 1] + 1 if first else 0
        return low, self._stops[last] if last < len(self._stops) else len(self.text)

    def _of(self, words: str) -> tuple[list[int], list[int]]:
        if words not in self._places:
            places = self.lexicon.words[words].places(self.text)
            self._places[words] = [a for a, _ in places], [b for _, b in places]
        return self._places[words]
