"""Where a reading of a question names substances, by the groups that rules use.

`drug` is any name; `careful` those whose sudden end is dangerous; `antidote` those that undo an
overdose of opioids.
"""

import re
from collections.abc import Sequence

from bot.question.patterns import Place
from bot.substances.codes import codes
from bot.substances.naming import Mention, Names
from bot.vocabulary.text import Text

__all__ = ["naming_places", "unlisted"]

_CAREFUL = frozenset(
    {"benzodiazepine", "z-drug", "hypnotic", "barbiturate", "gabaergic", "gabapentinoid"}
)
_CAREFUL_TOO = frozenset({"alcohol", "depressant"})
# A lone k among Chinese characters is ketamine to those who ask here, whatever else is said; other
# letters are names only where they are taken: 吃E, 喝g.
_INITIAL = re.compile(
    r"(?<![^\u3400-\u9fff，。？！；\s])k(?=[\u3400-\u9fff，。？！；\s]|$)(?![歌线房书站])"
    r"|(?<=[吃吸喝嗑磕啪索溜])[eg](?=[\u3400-\u9fff，。？！；\s]|$)"
)


def unlisted(reading: Text, names: Names) -> list[Place]:
    """Return where a folded reading has codes that are names of no list."""
    text, named = reading.original, names.mentions(reading, asked=True)
    return reading.once(
        (unlisted, names),
        lambda: [Place(*span) for span in codes(text) if _is_another(text, span, named)],
    )


def _is_another(reading: str, code: tuple[int, int], named: Sequence[Mention]) -> bool:
    """Whether a code names something else than the names in it: `1cP-LSD`, but not `100-LSD`."""
    start, end = code
    inside = [mention for mention in named if mention.start < end and start < mention.end]
    if any(mention.start < start or end < mention.end for mention in inside):
        return False
    spoken_for = {at for mention in inside for at in range(mention.start, mention.end)}
    rest = (reading[at] for at in range(start, end) if at not in spoken_for)
    return not inside or any(map(str.isalpha, rest))


def naming_places(reading: Text, names: Names) -> dict[str, list[Place]]:
    """Return where a folded reading names substances, by group; a group without one is absent."""
    places: dict[str, list[Place]] = {}
    if initials := [Place(*match.span()) for match in _INITIAL.finditer(reading.original)]:
        places["drug"] = initials
    if unknown := unlisted(reading, names):
        places.setdefault("drug", []).extend(unknown)
    for mention in names.mentions(reading, asked=True):
        place = Place(mention.start, mention.end)
        places.setdefault("drug", []).append(place)
        classes = names.classes_of(mention.substances)
        if classes & _CAREFUL or _CAREFUL_TOO & {*mention.substances}:
            places.setdefault("careful", []).append(place)
        if "opioid-antagonist" in classes:
            places.setdefault("antidote", []).append(place)
    return places
