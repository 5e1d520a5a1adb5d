"""A host site: a page of another origin that embeds the element with one tag.

    python -m web.widget.demo --widget http://127.0.0.1:8000 --port 8001

Its policy is the strictest under which the element works: scripts and connections from the
element's origin, and nothing else.
"""

import argparse
import secrets
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.languages import resolve
from bot.phrases import ui
from embeddings.documents import Language
from web.templating import templates

__all__ = ["host_site", "policy_of_a_host", "show"]

SITE: Language = "zh-Hans"


def policy_of_a_host(origin: str, nonce: str) -> str:
    """The least that a host page has to allow; the nonce is for its own style sheet."""
    ours = origin or "'self'"
    return (
        f"default-src 'none'; script-src {ours}; connect-src {ours}; "
        f"style-src 'nonce-{nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'"
    )


def show(request: Request, origin: str, language: Language) -> Response:
    """Render the page, with the element fetched from `origin`; from its own where that is empty."""
    nonce = secrets.token_urlsafe(16)
    shown = {"language": language, "t": ui(language), "origin": origin, "nonce": nonce}
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
