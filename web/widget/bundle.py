"""One script out of the modules in `parts/`, its styles and its words. There is no build step.

A visitor's browser should fetch one file, and have the contacts at hand when no server answers.
So the modules are joined in a fixed order, with the phrases of every language, the emergency
contacts and the first-aid cards in front. The same settings always give the same bytes.

The modules are ordinary ECMAScript modules. For joining to be this simple each statement of
`import` is one line, each `export` keyword begins one, and no two modules declare the same name;
`tests/web/widget/test_routes.py` checks it.
"""

import base64
import json
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha384
from pathlib import Path

from bot.answering.wording import Wording
from embeddings.identity import identity
from web.server.site import Site
from web.widget.catalogue import catalogue, numbered
from web.widget.packing import bare, smaller

__all__ = ["PARTS", "Bundle", "Site", "bundle", "integrity"]

HERE = Path(__file__).parent

PARTS = (
    "dom",
    "strings",
    "session",
    "danger",
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


@dataclass(frozen=True, slots=True)
class Bundle:
    """The script as served; `integrity` is for the attribute of that name."""

    version: str
    body: bytes
    integrity: str


@lru_cache(maxsize=8)
def bundle(site: Site, wording: Wording) -> Bundle:
    """The script for a site in these words, joined once; its version stands for all of it."""
    code = joined(site, wording)
    version = identity(code)
    body = f'const VERSION = "{version}";\n{code}\n'.encode()
    return Bundle(version, body, integrity(body))


def integrity(body: bytes) -> str:
    """The value of a script's attribute `integrity` (W3C, Subresource Integrity)."""
    return "sha384-" + base64.b64encode(sha384(body).digest()).decode()


def joined(site: Site, wording: Wording) -> str:
    """The catalogue, all modules and the styles, in one function, so that no name gets out."""
    sheet = smaller((HERE / "widget.css").read_text(encoding="utf-8"), "text/css")
    sources = [(HERE / "parts" / f"{name}.js").read_text(encoding="utf-8") for name in PARTS]
    *modules, element = (bare(source) for source in sources)
    code = "\n".join([*modules, f"const STYLES = {json.dumps(sheet)};", element])
    facts = json.dumps(catalogue(site, code, wording), ensure_ascii=False)
    whole = f"(() => {{\nconst CATALOGUE = {facts};\n{numbered(code)}\n}})();"
    return smaller(whole, "application/javascript")
