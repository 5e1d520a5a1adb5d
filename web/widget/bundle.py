"""One script out of the modules in `parts/`, its styles and its words. There is no build step.

A visitor's browser should fetch one file, and have the contacts at hand when no server answers.
So the modules are joined in a fixed order, with the phrases of every language, the emergency
contacts and the first-aid cards in front. The same settings always give the same bytes.

The modules are ordinary ECMAScript modules. For joining to be this simple each statement of
`import` and each `export` keyword begins a line, no two modules declare the same name, and no
text literal runs over several lines; `tests/web/test_widget_route.py` checks it.
"""

import base64
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256, sha384
from pathlib import Path
from typing import Any

from bot.answer import FirstAid, Resource
from bot.contacts import load
from bot.firstaid import cards
from bot.phrases import languages, ui
from embeddings.documents import Language

__all__ = ["PARTS", "Bundle", "Site", "bundle", "keys_used"]

HERE = Path(__file__).parent

PARTS = (
    "dom",
    "strings",
    "ask",
    "quote",
    "contacts",
    "feedback",
    "answer",
    "composer",
    "consent",
    "exit",
    "panel",
    "conversation",
    "element",
)
"""The modules in the order in which they are joined: each after those that it imports."""

AT_HAND = ("not_breathing", "unconscious")
"""The first-aid cards that a browser keeps at hand."""

URGENT = ("emergency", "crisis")
"""The kinds of contacts that a browser keeps at hand."""


@dataclass(frozen=True, slots=True)
class Site:
    """What the operator of the server decides for every widget that it serves.

    `exit` is the neutral page for leaving quickly, `person` where people can talk to a person,
    `keeps` whether the text of questions is kept at all, so that there is something to ask.
    """

    exit: str
    language: Language
    region: str | None = None
    person: str | None = None
    keeps: bool = True


@dataclass(frozen=True, slots=True)
class Bundle:
    """The script as served; `integrity` is for the attribute of that name."""

    version: str
    body: bytes
    integrity: str


@lru_cache(maxsize=8)
def bundle(site: Site) -> Bundle:
    """Join the script for a site; the version is a hash of everything in it."""
    code = joined(site)
    version = sha256(code.encode()).hexdigest()[:16]
    body = f"const VERSION = {json.dumps(version)};\n{code}".encode()
    integrity = base64.b64encode(sha384(body).digest()).decode()
    return Bundle(version, body, f"sha384-{integrity}")


def joined(site: Site) -> str:
    """The catalogue, the styles and all modules, as the text of one module."""
    modules = [part(name) for name in PARTS]
    facts = json.dumps(
        catalogue(site, "\n".join(modules)), ensure_ascii=False, separators=(",", ":")
    )
    head = [f"const CATALOGUE = {facts};", f"const STYLES = {json.dumps(styles())};"]
    return "\n".join([*head, *modules]) + "\n"


TOKEN = re.compile(
    r'("(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`'  # text, kept as it is
    r"|/(?![ /*])(?:[^/\\\n[]|\\.|\[[^\]\n]*\])+/[a-z]*)"  # a regular expression, likewise
    r"|\s*([=(){}\[\];,<>?:&|!+])\s*"  # a mark that needs no white space around it
)


def part(name: str) -> str:
    """A module without its imports and comments, its exports plain declarations, packed closely."""
    source = (HERE / "parts" / f"{name}.js").read_text(encoding="utf-8")
    kept = "\n".join(
        line.strip().removeprefix("export ")
        for line in source.splitlines()
        if line.strip() and not line.strip().startswith(("//", "import "))
    )
    return TOKEN.sub(lambda found: found[1] or found[2], kept)


def styles() -> str:
    """The style sheet without comments and the white space that means nothing."""
    sheet = re.sub(r"/\*[^*]*\*/", "", (HERE / "widget.css").read_text(encoding="utf-8"))
    return re.sub(r"\s*([{};,>])\s*|(?<=:) ", r"\1", sheet).strip().replace(";}", "}")


def catalogue(site: Site, code: str) -> dict[str, Any]:
    """What the modules import from `catalogue.js`: the words that they use, and the contacts."""
    keys = keys_used(code)
    return {
        "language": site.language,
        "region": site.region,
        "exit": site.exit,
        "person": site.person,
        "keeps": site.keeps,
        "keys": keys,
        "phrases": {each: [ui(each)[key] for key in keys] for each in languages()},
        "contacts": contacts_at_hand(),
        "unknown": load().unknown,
        "cards": {each: [card(one) for one in cards(AT_HAND, each)] for each in languages()},
    }


def keys_used(code: str) -> list[str]:
    """The keys of phrases that stand in the code as a literal, or begin with one ending in `_`."""
    literals = set(re.findall(r'"(\w+)"', code))
    prefixes = tuple(each for each in literals if each.endswith("_"))
    known = ui(languages()[0])
    return [key for key in known if key in literals or key.startswith(prefixes)]


def contacts_at_hand() -> list[dict[str, Any]]:
    """The first urgent contact of each kind and region, with its words in every language.

    What is the same in several regions is sent once: `regions` lists them.
    """
    tables = load().rows
    merged: dict[str, dict[str, Any]] = {}
    seen: set[tuple[str, str]] = set()
    for row, *others in zip(*(tables[language] for language in languages()), strict=True):
        if row.kind not in URGENT or (row.region, row.kind) in seen:
            continue
        seen.add((row.region, row.kind))
        shown = contact(row, *others)
        merged.setdefault(json.dumps(shown), shown | {"regions": []})["regions"].append(row.region)
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
