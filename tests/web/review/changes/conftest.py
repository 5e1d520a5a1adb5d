"""The real program over the seeds, with moderators who may change what it says."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from bot.pipeline import Bot
from bot.review.accounts import accounts
from bot.review.changes.versions import change, listed
from embeddings.encoder import SentenceEncoder
from tests.web.conftest import copied
from tests.web.review.changes.steps import someone
from tests.web.review.visiting import PASSWORD, accounted
from web.server.program import Program


@pytest.fixture(scope="module")
def site(
    snapshot_dir: Path, tmp_path_factory: pytest.TempPathFactory, model: SentenceEncoder
) -> Iterator[Program]:
    """One program over the seeds for all these tests; each takes back what it changed."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    data = copied(snapshot_dir, tmp_path_factory.mktemp("changes"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "HASHER", cheap)
        with accounted(data) as made:
            accounts.add(made.records, "second", PASSWORD, "admin")
            made.bot = Bot(made.library, lambda: model, overrides=made.feed.current)
            yield made


@pytest.fixture
def program(site: Program) -> Iterator[Program]:
    yield site
    for each in listed(site.records):
        if each.state != "withdrawn":
            change(site.records, each.id, each.version, "(test)", "withdrawn")
    site.feed.refresh()


@pytest.fixture
def admin(program: Program) -> TestClient:
    return someone(program, "admin")


@pytest.fixture
def moderator(program: Program) -> TestClient:
    return someone(program, "moderator")
