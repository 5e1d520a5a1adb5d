"""What a name means in a question: moderators' edits in place of what the lexicon says."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.overrides import Alias
from bot.substances.lexicon import Substance
from bot.vocabulary.text import key

__all__ = ["edited"]


def edited(known: Mapping[str, Substance], edits: tuple[Alias, ...]) -> Mapping[str, Substance]:
    """Return the substances with their names as moderators have them.

    The first edit of a name wins, the latest standing first. A substance that is not known is
    passed over, and the proper names of substances stay.
    """
    meant: dict[str, Alias] = {}
    for edit in edits:
        meant.setdefault(key(edit.name), edit)
    return MappingProxyType({name: renamed(one, meant) for name, one in known.items()})


def renamed(substance: Substance, meant: Mapping[str, Alias]) -> Substance:
    """Return one substance with the names that mean it, and without those that mean it no more."""
    own = [name for name in substance.aliases if key(name) not in meant]
    new = [edit for edit in meant.values() if substance.id in edit.substances]
    if not new and len(own) == len(substance.aliases):
        return substance
    ordinary = {name for name in substance.context if key(name) not in meant}
    ordinary |= {edit.name for edit in new if edit.ordinary}
    return replace(
        substance,
        aliases=(*own, *(edit.name for edit in new)),
        context=frozenset(ordinary),
        sources=MappingProxyType({**substance.sources, **{e.name: "moderators" for e in new}}),
    )
