"""Where a reading of a question names substances, by the groups that rules use.

`drug` is any name; `careful` those whose sudden end is dangerous; `antidote` those that undo an
overdose of opioids.
"""

import re
from collections.abc import Sequence

from bot.names.naming import Mention, mentions
from bot.names.spans import Spans
from bot.names.substances import classes_of
from bot.questions.codes import codes
from bot.questions.holding import Place

__all__ = ["naming_places"]

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


def naming_places(reading: str, named: Sequence[Mention] | None = None) -> dict[str, list[Place]]:
    """Return where a folded reading names substances, by group; a group without one is absent.

    `named` are its mentions where they are known already.
    """
    places: dict[str, list[Place]] = {}
    if initials := [Place(*match.span()) for match in _INITIAL.finditer(reading)]:
        places["drug"] = initials
    named = mentions(reading, asked=True) if named is None else named
    known = Spans((mention.start, mention.end) for mention in named)
    unknown = [Place(*span) for span in codes(reading) if not known.touch(*span)]
    if unknown:
        places.setdefault("drug", []).extend(unknown)
    for mention in named:
        place = Place(mention.start, mention.end)
        places.setdefault("drug", []).append(place)
        classes = classes_of(mention.substances)
        if classes & _CAREFUL or _CAREFUL_TOO & {*mention.substances}:
            places.setdefault("careful", []).append(place)
        if "opioid-antagonist" in classes:
            places.setdefault("antidote", []).append(place)
    return places
