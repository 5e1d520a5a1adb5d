"""`doses.toml`, read once, checked, and compiled for the scanners beside this module."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.screening.amounts import patterns
from bot.substances.lexicon import substances
from bot.vocabulary.matching import Words, alternatives
from embeddings.datafiles import table
from embeddings.errors import CatalogueInvalid

__all__ = ["Lexicon", "lexicon"]


@dataclass(frozen=True)
class Lexicon:
    """The data of `doses.toml` in the form that the scanners use."""

    data: Mapping[str, Any]
    number: re.Pattern[str]
    unit: re.Pattern[str]
    unit_first: re.Pattern[str]
    denominator: re.Pattern[str]
    fixed: re.Pattern[str]
    sized: re.Pattern[str]
    whole: re.Pattern[str]
    drugs: frozenset[str]
    schedule_dosing: re.Pattern[str]
    schedule_plain: re.Pattern[str]
    words: Mapping[str, Words]
    around: Mapping[str, str]

    def passes(self, ratio: str, group: str) -> bool:
        """Whether a rule of `[pass]` `group` lets `l/kg/h` and the like pass."""
        return any(
            ratio == rule.rstrip("*") or (rule[-1] == "*" and ratio.startswith(rule[:-1] + "/"))
            for rule in self.data["pass"][group]
        )


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon. Raises CatalogueInvalid if `doses.toml` lacks what screening needs."""
    try:
        return _compiled(table(__file__, "doses.toml"))
    except (ValueError, KeyError, TypeError, re.error) as error:
        raise CatalogueInvalid(f"doses.toml cannot be used for screening: {error!r}") from error


def _compiled(data: Mapping[str, Any]) -> Lexicon:
    times, fixed = data["schedule"], alternatives(data["forms"]["fixed"])
    return Lexicon(
        data=data,
        number=patterns.number(data["numbers"]["english"]),
        unit=patterns.unit(data["units"], data["forms"]),
        unit_first=patterns.unit_first(),
        denominator=patterns.denominator(data["pass"]["short_forms"]),
        fixed=re.compile(rf"(?<![a-z0-9])(?:{fixed})s?(?![a-z])"),
        sized=re.compile("|".join(data["forms"]["sizes"])),
        whole=patterns.whole(data["forms"]["patterns"], data["forms"]["patterns_english"]),
        drugs=_drugs() | frozenset(data["forms"]["short_names"]),
        schedule_dosing=patterns.schedule(times["dosing"], times),
        schedule_plain=patterns.schedule(times["plain"], times),
        words=_words(data),
        around={name: f"(?:{alternatives(words)})" for name, words in data["around"].items()},
    )


def _drugs() -> frozenset[str]:
    """Names of substances that are no ordinary words, long enough to mean nothing else."""
    known = [each for each in substances().values() if not each.is_class]
    listed = {
        name
        for each in known
        for name in (each.zh, each.en, *each.aliases)
        if name not in each.context or name in (each.zh, each.en)
    }
    return frozenset(n.lower() for n in listed if len(n) > (2 if n.isascii() else 1))


def _words(data: Mapping[str, Any]) -> dict[str, Words]:
    cues, forms, context = data["cues"], data["forms"], data["pass"]["context"]
    taking = cues["chinese"] + cues["english"]
    return {
        "cues": Words(taking, cues["never"]),
        "nouns": Words(cues["nouns_chinese"] + taking, cues["never"]),
        "weak": Words(cues["weak_english"]),
        "dosing": Words(cues["dosing_chinese"] + cues["dosing_english"]),
        "bare": Words(cues["bare_chinese"] + cues["bare_english"], cues["bare_never"]),
        "bare_after": Words(cues["bare_after"]),
        "bare_pass": Words(cues["bare_pass"]),
        "longer": Words(forms["longer_chinese"]),
        "innocent": Words(forms["innocent_chinese"] + forms["innocent_english"]),
        "harmless": Words(forms["harmless_single"]),
        "sized": Words(forms["sized_things"] + taking + forms["taken_chinese"]),
        "deadly": Words(cues["deadly"]),
        "redose": Words(data["schedule"]["redose"]),
        "taper": Words(data["schedule"]["taper"]),
        "ratio": Words(cues["ratio"]),
        "equal": Words(cues["equal"]),
        "limit": Words(cues["limit_chinese"] + cues["limit_english"]),
        "taken": Words(forms["taken_chinese"] + forms["taken_english"]),
        "labels": Words(data["strength"]["labels"]),
        "label_pass": Words(data["strength"]["pass_after"]),
        "schedule_pass": Words(data["schedule"]["pass"]),
        **{name: Words(context[name]) for name in context},
    }
