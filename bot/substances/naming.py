"""Which substances a text names, by any of their names, misspelt or typed as they sound."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache

from bot.overrides import Alias
from bot.substances.aliases import edited
from bot.substances.company import Name, in_company, ordinary
from bot.substances.lexicon import Substance, substances
from bot.substances.pinyin import sound, sounds_of
from bot.substances.spelling import Spelling
from bot.vocabulary.english import is_word
from bot.vocabulary.matching import Hit, Phrases, longest
from bot.vocabulary.ordinary import ordinary_chinese
from bot.vocabulary.spans import Spans
from bot.vocabulary.text import Text
from embeddings.documents import Language

__all__ = ["Mention", "Names", "altered", "corrected", "curated"]

# Homophones count from this many syllables on: shorter ones are too often other words.
_SOUND_LENGTH = 3
# The name of a receptor or a transporter names no substance that somebody took.
_TARGET = re.compile(
    r"[a-z0-9]{0,3}[ -]?(?:受体|受體|转运体|再摄取|能系统|receptor|transporter|reuptake)"
)
# Before a name they make another substance of it: 氟溴唑仑 is not 溴唑仑, 4-HO-MXE is not MXE.
_ALTERED = re.compile(
    r"(?:[氟氯溴碘硝]|乙酰|[甲乙丙硝氨苯]基|羟基|氧基|去甲|脱氧"
    r"|(?<![a-z0-9.-])(?=[a-z,]*[0-9])[a-z0-9]{1,9}(?:[,-][a-z0-9]{1,9}){0,3}-)$"
)
_LONGEST_PREFIX = 24


@dataclass(frozen=True, slots=True)
class Mention:
    """`text[start:end]` names `substances`; more than one where the name is ambiguous.

    `folded` is the same place in the folded text.
    """

    start: int
    end: int
    substances: tuple[str, ...]
    alias: str
    folded: tuple[int, int]


def _as_printed(hit: Hit[Name], text: Text) -> bool:
    """Whether an ordinary word stands in the capitals of the name: `MET`, not `met`."""
    alias = hit.value.alias
    if not hit.value.context or sum(c.isupper() for c in alias) < 2:
        return False
    start, end = text.folded.span(hit.start, hit.end)
    return text.original[start:end] == alias


def _is_another_word(hit: Hit[Name], folded: str) -> bool:
    """Whether a word of the language stands where a name is written in parts: same, not SAM-e."""
    alias, found = hit.value.alias, folded[hit.start : hit.end]
    return len(alias) != len(found) and found.isalpha() and is_word(found)


def altered(text: str, start: int) -> int:
    """Return how long the chemical prefix is that stands right before `start`, else 0."""
    prefix = _ALTERED.search(text[max(0, start - _LONGEST_PREFIX) : start])
    return len(prefix.group()) if prefix else 0


def _is_shout(name: Name) -> bool:
    """Whether a name is an everyday word but for its capitals, so that it needs them."""
    return len(name.alias) > 2 and name.alias.isascii() and name.alias.isupper()


class Names:
    """The names of a set of substances, ready to be looked for in texts.

    Besides the curated ones there are those that the pages of a corpus give for what they are
    about, so that a corpus decides what can be asked about.
    """

    def __init__(self, known: Mapping[str, Substance]) -> None:
        self.substances = known
        self.classes = {key: frozenset(s.classes) for key, s in known.items()}
        self._names = tuple(
            Name(substance.id, alias, alias in substance.context)
            for substance in known.values()
            for alias in (substance.zh, substance.en, *substance.aliases)
        )
        self.phrases = Phrases((name.alias, name) for name in self._names)

    @cached_property
    def _sounds(self) -> Phrases[tuple[int, Name]]:
        # Names of classes are too common as sounds: 在社区 sounds like 再摄取.
        heard = (
            (sound(name.alias), name)
            for name in self._names
            if not name.context and not self.substances[name.substance].is_class
        )
        return Phrases((" ".join(s), (len(s), name)) for s, name in heard if len(s) > 1)

    @cached_property
    def _spelling(self) -> Spelling:
        return Spelling(name.alias for name in self._names if not name.context)

    @cached_property
    def _by_alias(self) -> Mapping[str, Name]:
        return {name.alias.casefold(): name for name in self._names}

    def _by_sound(self, text: Text) -> Iterator[Hit[Name]]:
        sounds, ordinary = sounds_of(text), Spans(hit[:2] for hit in text.hits(ordinary_chinese()))
        for hit in self._sounds.scan(sounds.text):
            length, name = hit.value
            run = sounds.run(hit.start, hit.end)
            typed = sum(syllable.typed for syllable in run)
            # `kuai` is not `ku ai`; 封闭的 sounds like 芬必得, and is what it is.
            if len(run) != length or (not typed and ordinary.touch(run[0].start, run[-1].end)):
                continue
            if length >= _SOUND_LENGTH or (typed and (sounds.pinyin or typed < length)):
                yield Hit(run[0].start, run[-1].end, name)

    def _by_spelling(self, text: Text) -> Iterator[Hit[Name]]:
        for start, end, alias in self._spelling.scan(text.folded.text):
            yield Hit(start, end, self._by_alias[alias])

    def _hits(self, text: Text) -> list[Hit[Name]]:
        """Return what names something: as written, else misspelt by one letter, else by sound."""
        folded = text.folded.text
        everyday = Spans(hit[:2] for hit in text.hits(ordinary()))
        hits = [hit for hit in text.hits(self.phrases) if not _is_another_word(hit, folded)]
        for guess in (self._by_spelling, self._by_sound):
            taken = Spans(hit[:2] for hit in hits)
            hits += [hit for hit in guess(text) if not taken.touch(hit.start, hit.end)]
        hits = [
            hit
            for hit in hits
            if not everyday.cover(hit.start, hit.end) and not _TARGET.match(folded, hit.end)
        ]
        return [meant for hit in hits if (meant := self._as_built(hit, folded))]

    def _meant(self, text: Text, asked: bool, printed: bool) -> list[Hit[Name]]:
        """Return the hits that count: of the ordinary words, those that are a drug's name here."""
        hits = text.once((self, "hits"), lambda: self._hits(text))
        certain = [h for h in hits if not h.value.context or _as_printed(h, text)]
        if printed:
            return certain
        others = [hit for hit in hits if hit not in certain and not _is_shout(hit.value)]
        return certain + in_company(others, certain, text, asked)

    def _as_built(self, hit: Hit[Name], text: str) -> Hit[Name] | None:
        """Return a name after a chemical prefix as its class: it is another substance of that."""
        known = self.substances[hit.value.substance]
        if known.is_class or not altered(text, hit.start):
            return hit
        kind = next((name for name in known.classes if name in self.substances), None)
        return hit._replace(value=replace(hit.value, substance=kind)) if kind else None

    def mentions(
        self, text: Text, *, asked: bool = False, printed: bool = False
    ) -> tuple[Mention, ...]:
        """Return where `text` names substances or classes; offsets are those of the original.

        The longest name wins where names overlap. An ordinary word that is a name too counts
        only near a word about drugs, near another name, or as the whole text; `asked` says that
        `text` is a question to this program, in which a short name (`K`) is also believed near a
        word that asks for an amount, a price or a harm. `printed` says that `text` is a
        document's: there an ordinary word is an ordinary word (`amino acid`), and a wrong label
        would bring a wrong warning.
        """
        return text.once((self, asked, printed), lambda: self._mentions(text, asked, printed))

    def _mentions(self, text: Text, asked: bool, printed: bool) -> tuple[Mention, ...]:
        found: dict[tuple[int, int], list[Name]] = {}
        for hit in longest(self._meant(text, asked, printed)):
            found.setdefault((hit.start, hit.end), []).append(hit.value)
        span = text.folded.span
        return tuple(
            Mention(*span(*place), tuple({n.substance: None for n in names}), names[0].alias, place)
            for place, names in found.items()
        )

    def named(self, text: Text, *, printed: bool = False) -> frozenset[str]:
        """Return the substances and classes that `text` names without ambiguity."""
        found = (mention.substances for mention in self.mentions(text, printed=printed))
        return frozenset(ids[0] for ids in found if len(ids) == 1)

    def called(self, substance: str, language: Language) -> str:
        """Return what a substance or class is called in a language of the interface."""
        known = self.substances[substance]
        return known.en if language == "en" else known.zh

    def classes_of(self, ids: Collection[str]) -> frozenset[str]:
        """Return the classes of some substances; a class belongs to itself."""
        return frozenset[str]().union(*(self.classes.get(key, frozenset()) for key in ids))

    def ambiguous(self, text: Text) -> tuple[Mention, ...]:
        """Return the mentions that may mean several substances, none of them named in `text`."""
        clear = self.named(text)
        found = self.mentions(text)
        return tuple(m for m in found if len(m.substances) > 1 and not clear & {*m.substances})


@cache
def curated() -> Names:
    """Return the names of the lexicon that ships, whatever was ingested."""
    return Names(substances())


@lru_cache(maxsize=8)
def corrected(names: Names, edits: tuple[Alias, ...]) -> Names:
    """Return the names as moderators have them: in questions alone, never in print."""
    return Names(edited(names.substances, edits)) if edits else names
