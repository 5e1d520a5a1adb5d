from pathlib import Path
from time import monotonic, sleep

import pytest

from bot.answering.wording import SHIPPED
from bot.corpus.ingest import ingest
from embeddings.library import Library
from tests.letters import LetterEncoder
from web.server.rehearsing import REST, Busy, Rehearsing

PATIENCE = 60


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "k.md").write_text("# 氯胺酮\n\n氯胺酮会引起解离。\n", "utf-8")
    ingest([tmp_path / "pages"], tmp_path / "data", LetterEncoder())
    return Library(tmp_path / "data")


def rehearsed(thread: Rehearsing) -> str | None:
    until = monotonic() + PATIENCE
    while thread.rehearsed is None and monotonic() < until:
        sleep(0.01)
    return thread.rehearsed


def test_it_is_quiet_a_moment_after_the_last_question() -> None:
    busy = Busy()
    assert busy.quiet
    with busy.working():
        assert not busy.quiet
    assert not busy.quiet
    sleep(2 * REST)
    assert busy.quiet


def test_the_live_snapshot_is_rehearsed(library: Library) -> None:
    thread = Rehearsing(library, "zh-Hans", lambda: SHIPPED, Busy())
    thread.start()
    thread.start()
    assert rehearsed(thread) == library.current().id
    thread.stop()


def test_nothing_is_rehearsed_while_somebody_waits(library: Library) -> None:
    busy = Busy()
    thread = Rehearsing(library, "zh-Hans", lambda: SHIPPED, busy)
    with busy.working():
        thread.start()
        sleep(0.2)
        assert thread.rehearsed is None
    assert rehearsed(thread) == library.current().id
    thread.stop()


def test_it_can_be_stopped_before_there_is_anything(tmp_path: Path) -> None:
    thread = Rehearsing(Library(tmp_path), "zh-Hans", lambda: SHIPPED, Busy())
    thread.start()
    sleep(0.05)
    thread.stop()
    assert thread.rehearsed is None
