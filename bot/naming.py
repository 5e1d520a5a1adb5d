"""Which substances a text names, by any of their names, misspelt or typed as they sound."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain

from bot.matching import Folded, Hit, Phrases, longest
from bot.pinyin import Sounds, sound
from bot.spans import Spans
from bot.spelling import Spelling
from bot.substances import lexicon, substances

__all__ = ["Mention", "ambiguous", "mentions", "named"]

# How far, in characters, a word of drug company reaches.
_COMPANY_REACH = 60
# Homophones count from this many syllables on: shorter ones are too often other words.
_SOUND_LENGTH = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """`text[start:end]` names `substances`; more than one where the name is ambiguous."""

    start: int
    end: int
    substances: tuple[str, ...]
    alias: str


@dataclass(frozen=True, slots=True)
class _Name:
    substance: str
    alias: str
    context: bool


@cache
def _names() -> tuple[_Name, ...]:
    return tuple(
        _Name(substance.id, alias, alias in substance.context)
        for substance in substances().values()
        for alias in (substance.zh, substance.en, *substance.aliases)
    )


@cache
def _phrases() -> Phrases[_Name]:
    return Phrases((name.alias, name) for name in _names())


@cache
def _sounds() -> Phrases[tuple[int, _Name]]:
    # Names of classes are too common as sounds: 在社区 sounds like 再摄取.
    heard = (
        (sound(name.alias), name)
        for name in _names()
        if not name.context and not substances()[name.substance].is_class
    )
    return Phrases((" ".join(s), (len(s), name)) for s, name in heard if len(s) > 1)


@cache
def _spelling() -> Spelling:
    return Spelling(n.alias for n in _names() if not n.context)


@cache
def _company() -> Phrases[None]:
    words = lexicon("company.toml")
    return Phrases((word, None) for word in {*words["zh"], *words["en"]})


@cache
def _ordinary() -> Phrases[None]:
    return Phrases((phrase, None) for phrase in lexicon("company.toml")["ordinary"])


def _by_sound(folded: Folded) -> Iterator[Hit[_Name]]:
    sounds = Sounds(folded.text)
    for hit in _sounds().scan(sounds.text):
        length, name = hit.value
        run = sounds.run(hit.start, hit.end)
        typed = sum(syllable.typed for syllable in run)
        if length >= _SOUND_LENGTH or (typed and (sounds.pinyin or typed < length)):
            yield Hit(run[0].start, run[-1].end, name)


@cache
def _by_alias() -> Mapping[str, _Name]:
    return {name.alias.casefold(): name for name in _names()}


def _by_spelling(folded: Folded) -> Iterator[Hit[_Name]]:
    for start, end, alias in _spelling().scan(folded.text):
        yield Hit(start, end, _by_alias()[alias])


def _is_unit_or_all(hit: Hit[_Name], text: str) -> bool | None:
    """Say at once what an ordinary word is: the whole text (True), a unit as in 1 g (False)."""
    if text.strip(" ?!.,;:。？！，") == text[hit.start : hit.end]:
        return True
    if hit.end - hit.start == 1 and text[max(0, hit.start - 3) : hit.start].rstrip()[-1:].isdigit():
        return False
    return None


@cache
def _asking() -> tuple[frozenset[str], Phrases[None]]:
    words = lexicon("company.toml")
    return frozenset(words["short"]), Phrases((word, None) for word in words["asking"])


def _in_company(
    hits: list[Hit[_Name]], certain: list[Hit[_Name]], text: str, asked: bool
) -> list[Hit[_Name]]:
    """Return those of `hits`, ordinary words or single letters, that stand for a drug here."""
    short, asking = _asking()
    asks = Spans(h[:2] for h in asking.scan(text)) if asked else Spans(())
    company = Spans([*(h[:2] for h in _company().scan(text)), *(h[:2] for h in certain)])
    # `crack` beside `coke`: two ordinary words for one substance keep each other company.
    places: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for hit in hits:
        places[hit.value.substance][hit.value.alias].append((hit.start, hit.end))
    pairs = {key: Spans(chain(*names.values())) for key, names in places.items() if len(names) > 1}

    def counts(hit: Hit[_Name]) -> bool:
        sure = _is_unit_or_all(hit, text)
        if sure is not None:
            return sure
        place = (hit.start, hit.end, _COMPANY_REACH)
        others = pairs.get(hit.value.substance)
        return (
            company.beside(*place)
            or (others is not None and others.beside(*place))
            or (hit.value.alias in short and asks.beside(*place))
        )

    return [hit for hit in hits if counts(hit)]


def _hits(folded: Folded, asked: bool, printed: bool) -> list[Hit[_Name]]:
    """Return what names something: as written, else misspelt by one letter, else by sound."""
    text = folded.text
    ordinary = Spans(hit[:2] for hit in _ordinary().scan(text))
    hits = list(_phrases().scan(text))
    for guess in (_by_spelling, _by_sound):
        taken = Spans(hit[:2] for hit in hits)
        hits += [hit for hit in guess(folded) if not taken.touch(hit.start, hit.end)]
    hits = [hit for hit in hits if not ordinary.cover(hit.start, hit.end)]
    certain = [hit for hit in hits if not hit.value.context]
    if printed:
        return certain
    return certain + _in_company([hit for hit in hits if hit.value.context], certain, text, asked)


def mentions(text: str, *, asked: bool = False, printed: bool = False) -> tuple[Mention, ...]:
    """Return where `text` names substances or classes; offsets are those of `text`.

    The longest name wins where names overlap. An ordinary word that is a name too counts only
    near a word about drugs, near another name, or as the whole text; `asked` says that `text`
    is a question to this program, in which a short name (`K`) is also believed near a word that
    asks for an amount, a price or a harm. `printed` says that `text` is a document's: there an
    ordinary word is an ordinary word (`amino acid`), and a wrong label would bring a wrong warning.
    """
    folded = Folded.of(text)
    found: dict[tuple[int, int], list[_Name]] = {}
    for hit in longest(_hits(folded, asked, printed)):
        found.setdefault((hit.start, hit.end), []).append(hit.value)
    return tuple(
        Mention(*folded.span(*place), tuple({n.substance: None for n in names}), names[0].alias)
        for place, names in found.items()
    )


def named(text: str, *, printed: bool = False) -> frozenset[str]:
    """Return the substances and classes that `text` names without ambiguity; see `mentions`."""
    found = (mention.substances for mention in mentions(text, printed=printed))
    return frozenset(ids[0] for ids in found if len(ids) == 1)


def ambiguous(text: str) -> tuple[Mention, ...]:
    """Return the mentions in `text` that may mean several substances, none of them named."""
    clear = named(text)
    return tuple(m for m in mentions(text) if len(m.substances) > 1 and not clear & {*m.substances})
