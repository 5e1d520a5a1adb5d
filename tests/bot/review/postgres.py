"""A PostgreSQL server of the tests' own, on a free port of loopback, gone at the end."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

__all__ = ["server"]


def binaries() -> Path:
    """Where initdb and pg_ctl are; skips the test where no server is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    on_path = shutil.which("initdb")
    if not found and not on_path:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    return found[0].parent if found else Path(str(on_path)).parent


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def server() -> Iterator[str]:
    """Start a server; yields the address of its empty database, with `{}` for the name."""
    bin_dir, port = binaries(), free_port()
    # PostgreSQL refuses to run as root; its own account must reach the directory.
    user = "postgres" if os.geteuid() == 0 else None
    data = Path(tempfile.mkdtemp(prefix="safepassage-postgres-"))
    if user:
        account = pwd.getpwnam(user)
        os.chown(data, account.pw_uid, account.pw_gid)

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [bin_dir / program, "-D", data / "cluster", *arguments],
            user=user, cwd=data, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    options = f"-h 127.0.0.1 -p {port} -k {data} -c fsync=off"
    try:
        run("initdb", "-U", "postgres", "--auth=trust", "-E", "UTF8", "--no-locale")
        run("pg_ctl", "-w", "-l", str(data / "log"), "-o", options, "start")
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/{{}}"
        finally:
            run("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(data, ignore_errors=True)
