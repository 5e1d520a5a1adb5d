"""`serve`: the web server, on an address that is checked to be free first."""

import errno
import socket
from typing import Annotated

import typer

from embeddings.errors import PortTaken
from web.commands.output import say_error
from web.server.settings import Settings

__all__ = ["bound", "register"]


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens on `host`:`port`, 0 being any free port. Raises PortTaken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With its protocol named, asyncio sends small answers at once (TCP_NODELAY): a kept connection
    # waits 40 ms for the second half of each otherwise.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise PortTaken(reason(error, host, port)) from None
    listener.set_inheritable(True)
    return listener


def reason(error: OSError, host: str, port: int) -> str:
    """Why the address cannot be listened on, and what to do."""
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is taken by another program. "
            f"Stop it, or choose another port: safepassage serve --port {port % 65535 + 1}"
        )
    if error.errno == errno.EACCES:
        return f"This user may not listen on port {port}. Choose one above 1023 with --port."
    return f"Cannot listen on {host}, port {port}: {error.strerror}. Choose another --host."


def serve(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help="Address [SAFEPASSAGE_HOST]")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port; 0 = any free one [SAFEPASSAGE_PORT]")
    ] = None,
) -> None:
    """Serve the chat page, the API and the moderators' pages until stopped."""
    changed = {"host": host, "port": port}
    changes = {name: value for name, value in changed.items() if value is not None}
    settings: Settings = context.obj.model_copy(update=changes)
    listener = bound(settings.host, settings.port)
    address = f"[{settings.host}]" if ":" in settings.host else settings.host
    say_error(f"SafePassage listens on http://{address}:{listener.getsockname()[1]}/")
    run(settings, listener)


def run(settings: Settings, listener: socket.socket) -> None:
    """Serve on a socket that listens already.

    No access log: an address is never written down. No proxy headers from uvicorn: whose
    X-Forwarded-For is believed is a setting of ours.
    """
    import uvicorn

    from web.app import create_app

    config = uvicorn.Config(
        create_app(settings),
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    uvicorn.Server(config).run(sockets=[listener])


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(serve)
