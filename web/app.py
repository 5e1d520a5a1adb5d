"""The web application: every way in that is no command."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.openapi.utils import get_openapi
from fastapi.staticfiles import StaticFiles
from pydantic.json_schema import models_json_schema

from web.api import ask, documents, feedback, health, resources, search
from web.api.schemas import Ask, Feedback, ProblemBody, Search
from web.public import chat, sources, topics
from web.review import (
    account,
    audit,
    bulk,
    cases,
    changes,
    charts,
    export,
    gaps,
    login,
    making,
    queue,
    record,
    withheld,
)
from web.server import assembly
from web.server.logging import configure
from web.server.problems import install
from web.server.security import Errors, Headers, Record
from web.server.settings import Settings
from web.widget import routes as widget

__all__ = ["create_app"]

FORM_BYTES = 1_000_000
"""What a moderator's form may have. What visitors send is read by `web.server.bodies`."""

HERE = Path(__file__).parent
DESCRIPTION = """Passages quoted word for word from named sources, with citations and contacts.
Never an amount, never a generated sentence. Errors are `application/problem+json`."""


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Load model and snapshot beside the first requests; write the log out at the end."""
    assembly.start(app.state.program)
    yield
    assembly.stop(app.state.program)


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application by `settings`, read from the environment where none are given.

    It can be served without model, index or database: an emergency is answered, and everything
    else by a problem that says what is missing. Raises CatalogueInvalid where a phrase, contact
    or lexicon file is wrong.
    """
    settings = settings or Settings()
    configure(settings.log_level)
    app = FastAPI(
        title="SafePassage",
        description=DESCRIPTION,
        version="1",
        lifespan=lifespan,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.settings = settings
    app.state.program = assembly.assemble(settings)
    install(app)
    routes(app)
    layers(app, settings)
    app.openapi = lambda: described(app)  # type: ignore[method-assign]
    return app


def routes(app: FastAPI) -> None:
    """Add the API under /api/v1, and the pages."""
    api = (ask, search, documents, resources, feedback, health)
    for module in (*api, chat, topics, sources, widget):
        app.include_router(module.router)
    correcting = (making, changes, cases, gaps, charts, export, withheld)
    for page in (login, account, audit, bulk, record, *correcting, queue):
        app.include_router(page.router, include_in_schema=False, max_body_size=FORM_BYTES)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")


def layers(app: FastAPI, settings: Settings) -> None:
    """Wrap the application; what is added last is outermost."""
    app.add_middleware(Errors)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.origins,
        allow_methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type"],
        expose_headers=["ETag", "Retry-After"],
        max_age=3600,
    )
    app.add_middleware(Headers, frame_ancestors=settings.frame_ancestors, https=settings.https)
    app.add_middleware(Record, metrics=app.state.program.metrics)


def described(app: FastAPI) -> dict[str, object]:
    """The OpenAPI document, with the schemas of the bodies that routes read themselves."""
    if app.openapi_schema is None:
        schema = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        _, own = models_json_schema(
            [(model, "validation") for model in (Ask, Feedback, ProblemBody, Search)],
            ref_template="#/components/schemas/{model}",
        )
        parts = schema.setdefault("components", {}).setdefault("schemas", {})
        parts |= {name: part for name, part in own["$defs"].items() if name not in parts}
        app.openapi_schema = schema
    return app.openapi_schema
