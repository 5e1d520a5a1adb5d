"""A host site: a page of another origin that embeds the element with one tag.

    python -m web.widget.demo --widget http://127.0.0.1:8000 --port 8001

Its policy is the strictest under which the element works: scripts and connections from the
element's origin, and nothing else. It also shows what a few colours do.
"""

import argparse
import secrets
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.answering.phrases import ui
from bot.question.languages import resolve
from embeddings.documents import Language
from web.server.templating import templates
from web.widget.bundle import Bundle

__all__ = ["LOOKS", "host_site", "policy_of_a_host", "show"]

SITE: Language = "zh-Hans"

Colours = Mapping[str, str]

LOOKS: Final[Mapping[str, tuple[Colours, Colours]]] = {
    "plain": ({}, {}),
    "blue": (
        {"--sp-accent": "#24527a", "--sp-tint": "#e3ecf4", "--sp-radius": "8px"},
        {"--sp-accent": "#9cc4e8", "--sp-on-accent": "#0c1c2b", "--sp-tint": "#1c2c3b"},
    ),
    "plum": (
        {"--sp-accent": "#6a3b5f", "--sp-tint": "#f2e6ee", "--sp-background": "#fbf6f8"},
        {"--sp-accent": "#deb0d0", "--sp-on-accent": "#2a1324", "--sp-tint": "#382433"},
    ),
}
"""Colours by light and by dark, as a site owner would set them."""


def css_of(look: str) -> str:
    """The rules of a look, as they would stand in the style sheet of a host."""
    light, dark = LOOKS[look]
    if not light:
        return ""
    return (
        f"safe-passage {{ {declared(light)} }}\n"
        f"@media (prefers-color-scheme: dark) {{\n  safe-passage {{ {declared(dark)} }}\n}}"
    )


def declared(colours: Colours) -> str:
    """Declarations in one line."""
    return " ".join(f"{name}: {value};" for name, value in colours.items())


def policy_of_a_host(origin: str, nonce: str) -> str:
    """The least that a host page has to allow; the nonce is for its own style sheet."""
    ours = origin or "'self'"
    return (
        f"default-src 'none'; script-src {ours}; connect-src {ours}; "
        f"style-src 'nonce-{nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'"
    )


def show(
    request: Request, origin: str, language: Language, pinned: Bundle | None = None
) -> Response:
    """Render the page, with the element fetched from `origin`; from its own where that is empty.

    The address may ask for a look (`look`) and for the element in the text (`place=inline`).
    `pinned` is the script that the page says how to embed.
    """
    asked = request.query_params
    look = asked.get("look") if asked.get("look") in LOOKS else "plain"
    nonce = secrets.token_urlsafe(16)
    shown = {
        "language": language,
        "t": ui(language),
        "origin": origin,
        "nonce": nonce,
        "pinned": pinned,
        "server": origin or str(request.base_url).rstrip("/"),
        "looks": tuple(LOOKS),
        "look": look,
        "css": css_of(str(look)),
        "inline": asked.get("place") == "inline",
    }
    headers = {"Content-Security-Policy": policy_of_a_host(origin, nonce)}
    return templates.TemplateResponse(request, "demo.html", shown, headers=headers)


def host_site(widget: str) -> Starlette:
    """The site as an application; `widget` is the address of the SafePassage server."""
    parts = urlsplit(widget)
    origin = f"{parts.scheme}://{parts.netloc}"

    def page(request: Request) -> Response:
        return show(request, origin, resolve(request.query_params.get("lang"), "", SITE))

    return Starlette(routes=[Route("/", page)])


def main() -> None:
    """Serve the host site until interrupted."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--widget", default="http://127.0.0.1:8000")
    parser.add_argument("--port", type=int, default=8001)
    options = parser.parse_args()
    uvicorn.run(host_site(options.widget), host="127.0.0.1", port=options.port)


if __name__ == "__main__":
    main()
