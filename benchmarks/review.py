"""How fast the moderators' queue opens over many records.

    python -m benchmarks.review [--records 100000] [--url postgresql://…] [--plans]

Without an address a SQLite file is made in a temporary directory. The database has to be empty;
nothing is deleted at the end. Prints a table of medians and of the slowest of ten, for whole
pages over HTTP and for what else the pages ask of the database, and with `--plans` what the
database says about how it finds the rows.
"""

import argparse
import os
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from benchmarks.review_rows import fill
from bot.review.accounts.accounts import add
from bot.review.queue.filters import Filter
from bot.review.queue.marks import marks
from bot.review.queue.pages import PAGE, listed, neighbours, page
from bot.review.queue.progress import progress
from bot.review.storage import Records
from bot.review.viewing import view
from web.app import create_app
from web.review.filtering import query_of
from web.server.settings import Settings

ROUNDS: Final = 10
NAME: Final = "anna"
PASSWORD: Final = "correct horse battery"

FILTERS: Final[dict[str, Filter]] = {
    "first page": Filter(),
    "kind": Filter(kind="not_found"),
    "language": Filter(language="en"),
    "judged and not": Filter(state="all"),
    "substance": Filter(substance="substance-7"),
    "document": Filter(source="wiki/page-7.md"),
    "reason": Filter(reason="thumbs_down"),
    "reviewer": Filter(state="all", reviewer="anna"),
    "days": Filter(since=datetime.now(UTC).date() - timedelta(days=3)),
    "words that many hold": Filter(text="上瘾"),
    "words that none holds": Filter(text="没有这个词"),
}


def timed(work: Callable[[], object]) -> tuple[float, float, float]:
    """Median and slowest of some rounds, and the mean of the processor's time.

    In milliseconds. The processor's time is that of this process and, where PostgreSQL runs on
    this machine, of its server; while others want the machine too, it tells more.
    """
    spent, running = [], worked()
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        spent.append(1000 * (time.perf_counter() - begun))
    return statistics.median(spent), max(spent), (worked() - running) / ROUNDS


def worked() -> float:
    """Milliseconds that the processor has worked for this process and for PostgreSQL's (Linux)."""
    total = 1000 * time.process_time()
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            name, _, rest = status.read_text().partition("(")[2].partition(") ")
            if name == "postgres":
                total += 1000 * sum(map(int, rest.split()[11:13])) / os.sysconf("SC_CLK_TCK")
    return total


def over_http(settings: Settings) -> Iterator[tuple[str, float, float, float]]:
    """Time whole pages of the list as a moderator gets them, with their counts and boxes."""
    app = create_app(settings)
    client = TestClient(app, base_url="http://localhost", client=("127.0.0.1", 50000))
    csrf = csrf_of(client.get("/review/login").text)
    form = {"name": NAME, "password": PASSWORD, "csrf": csrf}
    opened = client.post("/review/login", data=form)
    for name, wanted in FILTERS.items():
        fields = {"csrf": csrf_of(opened.text), "name": "", "text": wanted.text or ""}
        address = f"/review?{query_of(wanted)}"
        if wanted.text:
            chosen = client.post("/review/filter", data=fields, follow_redirects=False)
            address = chosen.headers["location"]
        yield f"page: {name}", *timed(lambda address=address: got(client, address))  # type: ignore[misc]
    app.state.program.log.close()
    app.state.program.records.close()


def got(client: TestClient, address: str) -> None:
    """Fetch a page, which must be there."""
    assert client.get(address).status_code == 200


def csrf_of(page: str) -> str:
    """What a form of the page has to send back."""
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def measure(records: Records) -> Iterator[tuple[str, float, float, float]]:
    """Time what else the pages ask for."""
    last = page(records, Filter()).pages
    yield "last page", *timed(lambda: page(records, Filter(), last))
    first = page(records, Filter()).items[0].id
    yield "what filters offer", *timed(lambda: marks(records))
    yield "next and previous", *timed(lambda: neighbours(records, Filter(), first, 1))
    yield "one record", *timed(lambda: view(records, first))
    yield "progress", *timed(lambda: progress(records))


def plan(session: Session, wanted: Filter, sqlite_there: bool) -> str:
    """How the database finds the first page of a filter."""
    dialect = sqlite.dialect() if sqlite_there else postgresql.dialect()  # type: ignore[no-untyped-call]
    statement = (
        listed(wanted).limit(PAGE).compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    )
    explain = "EXPLAIN QUERY PLAN" if sqlite_there else "EXPLAIN (ANALYZE, COSTS OFF)"
    found = session.execute(text(f"{explain} {statement}".replace(":", "\\:")))
    return "\n".join(f"    {row[-1]}" for row in found)


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--url")
    parser.add_argument("--plans", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        settings = Settings(data=Path(place), database_url=chosen.url)
        records = Records(settings.records_url)
        records.migrate()
        add(records, NAME, PASSWORD, "moderator")
        begun = time.perf_counter()
        fill(records, chosen.records)
        took = time.perf_counter() - begun
        print(f"{records.engine.dialect.name}: {chosen.records} records written in {took:.0f} s")
        report(records, settings, chosen.plans)
        records.close()


def report(records: Records, settings: Settings, plans: bool) -> None:
    """Print the table, and the plans where they are wanted."""
    print(f"{'':32}{'median ms':>12}{'slowest ms':>12}{'processor ms':>14}")
    for table in (over_http(settings), measure(records)):
        for name, median, slowest, worked in table:
            print(f"{name:32}{median:12.1f}{slowest:12.1f}{worked:14.1f}", flush=True)
    if plans:
        with records.reading() as session:
            for name, wanted in FILTERS.items():
                print(f"{name}\n{plan(session, wanted, records.sqlite)}")


if __name__ == "__main__":
    main()
