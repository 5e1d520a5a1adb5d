"""A real Chromium, the real server over the seeds, and a host site on another origin."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request
from playwright.sync_api import sync_playwright as playwright
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from web.app import create_app
from web.server.settings import Settings
from web.widget.demo import host_site

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Pages that a test makes up come from no address, and may else not ask a server on loopback.
    "--disable-features=LocalNetworkAccessChecks",
)
PHONE = {"width": 375, "height": 700}
SMALLEST = {"width": 320, "height": 560}
DESKTOP = {"width": 1280, "height": 860}
SECONDS = 20_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser, so that it can be left out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass
class Watched:
    """A page, and what it did on the way: requests, complaints of the browser, mistakes."""

    page: Page
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def sent(self, request: Request) -> None:
        """Keep what the page asked of any server."""
        self.requests.append(request)

    def broke(self, error: Exception) -> None:
        """Keep what a script raised and nobody caught."""
        self.complaints.append(str(error))

    def heard(self, message: ConsoleMessage) -> None:
        """Keep warnings and errors, but that a page of the tests has no icon."""
        iconless = message.location["url"].endswith("/favicon.ico")
        if message.type in ("error", "warning") and not iconless:
            self.complaints.append(message.text)


def free_socket() -> socket.socket:
    """A socket on a free loopback port, listening from the start."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    # Whoever asks before the server has started waits, and is not refused.
    listening.listen()
    return listening


@contextmanager
def serving(application: ASGIApp, listening: socket.socket) -> Iterator[str]:
    """Serve an application from a thread; gives its address."""
    config = uvicorn.Config(application, log_level="error", ws="none", lifespan="on")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listening.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    with playwright() as playing:
        browser = playing.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sites(
    snapshot_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """The addresses of the SafePassage server and of a host site of another origin."""
    ours, theirs = free_socket(), free_socket()
    own, host = (f"http://127.0.0.1:{each.getsockname()[1]}" for each in (ours, theirs))
    settings = Settings.model_validate(
        {
            "data": snapshot_dir,
            "database_url": f"sqlite:///{tmp_path_factory.mktemp('browsed')}/records.sqlite",
            "origins": (host,),
            "exit_url": f"{host}/neutral",
            "log_level": "error",
        }
    )
    application = create_app(settings)
    page = host_site(own)
    page.router.routes.append(Route("/neutral", lambda _: HTMLResponse("<h1>Weather</h1>")))
    with serving(application, ours), serving(page, theirs):
        assert application.state.program.warm.wait(120)
        yield own, host


@pytest.fixture
def own(sites: tuple[str, str]) -> str:
    """The address of the SafePassage server."""
    return sites[0]


@pytest.fixture
def host(sites: tuple[str, str]) -> str:
    """The address of the host site."""
    return sites[1]


Opening = Callable[..., Watched]


@pytest.fixture
def opening(chromium: Browser) -> Iterator[Opening]:
    """Opens pages, each in a context of its own; whatever the browser complained of fails."""
    contexts: list[BrowserContext] = []
    pages: list[Watched] = []

    def opens(address: str, **options: Any) -> Watched:  # noqa: ANN401
        settings = {"viewport": PHONE, "reduced_motion": "reduce", "locale": "en-US", **options}
        context = chromium.new_context(**settings)
        context.set_default_timeout(SECONDS)
        contexts.append(context)
        watched = Watched(context.new_page())
        watched.page.on("request", watched.sent)
        watched.page.on("console", watched.heard)
        watched.page.on("pageerror", watched.broke)
        watched.page.goto(address)
        pages.append(watched)
        return watched

    yield opens
    for context in contexts:
        context.close()
    assert [complaint for each in pages for complaint in each.complaints] == []
