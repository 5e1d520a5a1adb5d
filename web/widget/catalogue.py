"""What travels in front of the modules: words, contacts, first-aid cards and signs of danger.

The modules import it from `catalogue.js`, a file that does not exist: the server writes it.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from opencc import OpenCC

from bot.answer import MARK, FirstAid, Resource
from bot.answering.contacts import Contacts
from bot.answering.phrases import languages, ui
from bot.answering.wording import Wording
from bot.question.danger import danger_words
from embeddings.documents import Language
from web.server.site import Site

__all__ = ["catalogue", "danger_at_hand", "keys_used", "numbered"]

AT_HAND = ("not_breathing", "unconscious")
"""The first-aid cards that a browser keeps at hand."""

URGENT = ("emergency", "crisis")
"""The kinds of contacts that a browser keeps at hand, and of danger that it sees."""

TO_SIMPLIFIED, TO_TRADITIONAL = OpenCC("t2s"), OpenCC("s2t")

OTHERWISE = {"answer", "close", "language", "open", "region", "send", "withheld_mark"}
"""Keys of phrases that the modules write as words of their own, and never hand on as a key."""

PHRASE = re.compile(r'\bt\("(\w*[^\W_])"')


def catalogue(site: Site, code: str, wording: Wording) -> dict[str, Any]:
    """What the modules import: the words that `code` uses, and what is at hand without a server."""
    named, counted = keys_used(code)
    return {
        # In the order that compresses best.
        "danger": danger_at_hand(),
        "phrases": {each: words(site, each, named + counted) for each in languages()},
        "cards": {
            each: [card(one) for one in wording.cards(AT_HAND, each)] for each in languages()
        },
        "contacts": contacts_at_hand(wording.contacts),
        "keys": named,
        "mark": MARK,
        "unknown": wording.contacts.unknown,
        **{name: value for name, value in asdict(site).items() if value},
    }


def words(site: Site, language: Language, keys: Iterable[str]) -> list[str]:
    """The phrases of some keys; where questions are grouped, consent is asked for that too."""
    said = dict(ui(language))
    if site.groups:
        said["consent_text"] += said["consent_grouped"]
    return [said[key] for key in keys]


def keys_used(code: str) -> tuple[list[str], list[str]]:
    """The keys of the phrases in `code`: those asked for by name, and those that a number can do.

    By name where the key is put together (`"kind_" + …`) or handed on; by number where it stands
    in a call, `t("send")`.
    """
    called = set(PHRASE.findall(code))
    literals = set(re.findall(r'"(\w+)"', PHRASE.sub("", code)))
    prefixes = tuple(each for each in literals if each.endswith("_"))
    known = ui(languages()[0])
    handed = [key for key in known if key in literals or key.startswith(prefixes)]
    named = [key for key in handed if key not in OTHERWISE]
    return named, [key for key in known if key in called and key not in named]


def numbered(code: str) -> str:
    """`code` with `t("send")` as `t(12)`: its place among the phrases."""
    named, counted = keys_used(code)
    places = {key: place for place, key in enumerate(named + counted)}
    return PHRASE.sub(lambda found: f"t({places.get(found[1], found[0][2:])}", code)


def contacts_at_hand(contacts: Contacts) -> list[dict[str, Any]]:
    """The first urgent contact of each kind and region, with its words in every language.

    What is the same in several regions is sent once: `regions` lists them.
    """
    merged: dict[str, dict[str, Any]] = {}
    seen: set[tuple[str, str]] = set()
    for (region, kind, *_), rows in contacts.by_key().items():
        if kind not in URGENT or (region, kind) in seen:
            continue
        seen.add((region, kind))
        shown = contact(*rows)
        merged.setdefault(json.dumps(shown), shown | {"regions": []})["regions"].append(region)
    return list(merged.values())


def contact(*rows: Resource) -> dict[str, Any]:
    """What the widget shows of a contact: one row, as it reads in each language."""
    first = rows[0].model_dump(mode="json")
    shown = {key: first[key] for key in ("kind", "phone", "reach", "verified_on")}
    shown |= {key: [getattr(row, key) for row in rows] for key in ("name", "hours") if first[key]}
    return {key: value for key, value in shown.items() if value and value != "call"}


def card(each: FirstAid) -> dict[str, Any]:
    """What the widget shows of a first-aid card."""
    shown = each.model_dump(mode="json", exclude={"id"})
    return {key: value for key, value in shown.items() if value}


def danger_at_hand() -> Mapping[str, str]:
    """A regular expression for each kind of danger, out of the plainest words of the lexicon.

    For lower-case text without apostrophes and with single spaces. Words in Latin letters count
    whole, Chinese wherever it stands and in either script.
    """
    words = danger_words()
    return {kind: expression(words[kind]) for kind in URGENT}


def expression(words: Iterable[str]) -> str:
    """Any of these words, those left out that hold another one."""
    folded = {TO_SIMPLIFIED.convert(word) for word in words}
    short: list[str] = []
    for word in sorted(folded, key=lambda each: (len(each), each)):
        if not any(f" {one} " in f" {word} " if one.isascii() else one in word for one in short):
            short.append(word)
    latin = sorted(each for each in short if each.isascii())
    chinese = sorted(each for each in short if not each.isascii())
    return "|".join(map(either_script, chinese)) + rf"|\b({'|'.join(latin)})\b"


def either_script(word: str) -> str:
    """A word in Simplified characters, as an expression that takes Traditional ones too."""
    pairs = zip(word, TO_TRADITIONAL.convert(word), strict=True)
    return "".join(one if one == other else f"[{one}{other}]" for one, other in pairs)
